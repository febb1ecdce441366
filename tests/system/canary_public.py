"""What the canary does as somebody who tells: the form, doors, the channel, and wrong turns."""

from tests.system.canary import WORDS, Visit, document, photo, told
from tests.system.canary_steps import number_of
from tests.system.server import HOUSE, mail_of, passphrase_of
from tests.system.visitor import Page, Upload, Visitor, code_on, enter, sign_in, walk


def a_report(visit: Visit) -> tuple[str, Visitor, Page]:
    teller = visit.browser()
    check = walk(teller, HOUSE, told)
    receipt = teller.press(check, {}, asks=["form"], to="/check/")
    code = code_on(receipt)
    visit.secrets |= {
        "code": code,
        "code in groups": " ".join(code[at : at + 4] for at in range(0, 20, 4)),
        "code without its last": code[:-1],
    }
    assert teller.get(f"/{HOUSE}/c/check/").status == 200
    assert teller.press(receipt, {}, asks=["form"], to="/written/").status == 200
    reporter = visit.browser()
    case = enter(reporter, HOUSE, str(visit.secrets["code in groups"]))
    assert WORDS["story"] in case.text
    sent = reporter.press(case, {"text": WORDS["message"], "file": photo()})
    assert sent.status == 303, sent.text
    return code, reporter, reporter.follow(sent)


def abandoned(visit: Visit) -> None:
    """One draft is left open, one is stopped, one is left by the emergency exit."""
    words = {"happened": WORDS["abandoned"], "file": [document()]}
    walk(visit.browser(), HOUSE, words)
    stopped = visit.browser()
    check = walk(stopped, HOUSE, words)
    stopped.post(f"/{HOUSE}/c/stop/", check.form("form").fields)
    left = visit.browser()
    walk(left, HOUSE, words)
    assert left.get(f"/exit?o={HOUSE}").status == 303
    assert not left.cookies.get("r")


def the_reporter_again(visit: Visit, reporter: Visitor, case: Page) -> None:
    again = reporter.get(case.path)
    assert WORDS["answer"] in again.text
    for link in again.links:
        if "/f/" in link:
            assert reporter.get(link).status == 200, link
    choose = reporter.get(f"{case.path}who/")
    assert reporter.press(choose, {}, asks=["reader"]).status == 200  # nobody chosen
    person = choose.form("reader").offered["reader"][0]
    chosen = reporter.press(choose, {"reader": person, "how": "besides"})
    assert chosen.status == 303, chosen.text
    help_called = reporter.get(f"{case.path}w/{number_of('extra_help')}/")
    assert reporter.press(help_called, {"text": WORDS["message"]}).status == 303
    stopped = reporter.press(reporter.get(f"{case.path}stop/"), {"text": WORDS["message"]})
    assert stopped.status == 303, stopped.text
    on = reporter.get(case.path)
    assert reporter.press(on, {}, asks=["form"], to="/on/").status == 303
    assert reporter.press(reporter.get(case.path), {}, to="/leave/").status == 200


def wrong_turns(visit: Visit, code: str, case: Page, work: str) -> None:
    """Everything a hurried, lost or curious person might do, with words of ours in it."""
    lost, word = visit.browser(), WORDS["in an address"]
    for path in (
        f"/{word}/", f"/{HOUSE}/{word}/", f"/{HOUSE}/m/?code={code}", f"/werk/{word}/?q={word}",
        f"/exit?o={word}", f"/{HOUSE}/c/1/?{word}=1", f"/fr/{HOUSE}/c/{code[:6]}/", f"//{word}/",
    ):  # fmt: skip
        lost.get(path, headers={"Referer": f"http://{word}.example/", "User-Agent": word})
    wrong = code[:-1] + str((int(code[-1]) + 1) % 10)
    page = lost.get(f"/{HOUSE}/m/")
    for typed in (wrong, WORDS["typed wrong"], "1", code[:10]):
        assert lost.press(page, {"code": typed}).status == 200
    texts = [("text", WORDS["message"]), ("happened", WORDS["story"]), ("form", word)]
    elsewhere = {"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"}
    for path in (
        f"{case.path}message/", f"/{HOUSE}/c/5/", f"{work}answer/", "/werk/", "/beheer/",
        f"/{HOUSE}/c/check/", f"/{HOUSE}/", "/healthz", "/inloggen/", "/account/code/",
        work, "/account/",
    ):  # fmt: skip
        lost.post(path, texts)
        lost.post(path, texts, headers=elsewhere)
        lost.post(path, [*texts, ("file", photo())])
    form = lost.get(f"/{HOUSE}/c/1/").form("form").fields
    long = (WORDS["story"] + " ") * 60_000
    lost.post(f"/{HOUSE}/c/5/", [*form, ("happened", long)])
    big = Upload(f"{WORDS['file name']}.bin", (WORDS["in the document"] + " ").encode() * 1_200_000)
    lost.post(f"/{HOUSE}/c/7/", [*form, ("add", "1"), ("file", big)])
    broken = {"Content-Type": "multipart/form-data; boundary=x"}
    lost.post(f"/{HOUSE}/c/7/", [("happened", WORDS["story"])], headers=broken)
    sign_in(lost, WORDS["contact"], WORDS["typed wrong"])
    sign_in(lost, mail_of("els"), WORDS["typed wrong"], code[:6])
    member = visit.browser()
    assert sign_in(member, mail_of("bert"), passphrase_of("bert")).path == "/beheer/"
    for path in (work, "/beheer/ravelijn/medewerkers/", "/beheer/ravelijn/logboek/"):
        page = member.get(path)
    assert member.press(page, {}, to="/uitloggen/").status == 302


def other_ways_in(visit: Visit, activity: str) -> None:
    """The first page of a form behind a door, by itself and by way of an activity."""
    for place in (f"/{HOUSE}/c/a/", f"/{HOUSE}/a/{activity}/a/", f"/{HOUSE}/c/b/"):
        somebody = visit.browser()
        page = somebody.get(place)
        form = page.form("form")
        typed = {name: value for name, value in told(form).items() if form.asks(name)}
        sent = somebody.press(page, typed, asks=["form"])
        assert sent.status in {200, 303}, (place, sent.status)


def taken_over(visit: Visit, start: str) -> None:
    """Whoever has the card gets a code of their own."""
    child = visit.browser()
    page = child.follow(child.press(child.get(f"/{HOUSE}/m/"), {"code": start}))
    own = child.press(page, {}, asks=["form"], to="/m/new/")
    code = code_on(child.follow(own))
    visit.secrets |= {"own code": code, "own code without its last": code[:-1]}
    case = child.follow(child.press(child.follow(own), {}, asks=["form"], to="/on/"))
    assert WORDS["told at the desk"] in case.text
