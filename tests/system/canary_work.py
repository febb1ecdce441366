"""What the canary does as somebody who follows up: a case, one's account, and closing."""

import base64
import time
from typing import Any

from django_otp.oath import hotp

from tests.system.canary import WORDS, Visit, anything, between, document
from tests.system.server import HOUSE, mail_of, passphrase_of
from tests.system.visitor import Page, Visitor, code_on, sign_in


def the_holder(visit: Visit) -> tuple[Visitor, str]:
    for first in ("noor", "tarik"):
        member = visit.browser()
        sign_in(member, mail_of(first), passphrase_of(first))
        inbox = member.get("/werk/")
        cases = [link for link in inbox.links if link.startswith("/werk/") and "-" in link]
        if cases:
            visit.holder = first
            return member, cases[0]
        member.press(inbox, {}, to="/uitloggen/")
    raise AssertionError("nobody got the report")


def the_work(visit: Visit, holder: Visitor, work: str) -> None:
    case = holder.get(work)
    assert WORDS["contact"] in case.text
    assert WORDS["file name"] in case.text
    for link in case.links:
        if "/file/" in link:
            assert holder.get(link).status == 200, link
    answered = holder.press(case, {"answer": WORDS["answer"], "file": document()})
    noted = holder.press(holder.get(work), {"note": WORDS["note"]})
    assert (answered.status, noted.status) == (302, 302), (answered.text, noted.text)
    settle = holder.get(f"{work}exclusion/")
    holder.press(settle, {"note": WORDS["why"]})  # nobody chosen: shown again
    settled = holder.press(settle, {"member": "nobody", "note": WORDS["why"]})
    assert settled.status == 302, settled.text
    link = holder.get(f"{work}links/")
    assert holder.press(link, {"other": WORDS["looked for"]}).status == 422
    give = holder.get(f"{work}access/")
    colleague = give.form("member").offered["member"][0]
    typed = {"member": colleague, "why": WORDS["why"]}
    wrong = holder.press(give, {**typed, "passphrase": WORDS["typed wrong"]})
    assert wrong.status == 422, wrong.text
    given = holder.press(give, {**typed, "passphrase": passphrase_of(visit.holder)})
    assert given.status == 302, given.text
    end = holder.get(f"{work}access/end/")
    sure = holder.press(end, {"member": colleague, "why": WORDS["why"]})
    ended = holder.press(sure, {}, button="sure")
    assert ended.status == 302, ended.text


def the_account(visit: Visit, holder: Visitor) -> None:
    first = visit.holder
    old, new = passphrase_of(first), WORDS["passphrase"]
    change = holder.get("/account/passphrase/")
    for typed, status in (
        ({"old": WORDS["typed wrong"], "new": new, "repeated": new}, 422),
        ({"old": old, "new": new, "repeated": WORDS["typed wrong"]}, 422),
        ({"old": old, "new": new, "repeated": new}, 302),
    ):
        assert holder.press(change, typed).status == status
        change = holder.get("/account/passphrase/")
    typed = {"old": WORDS["typed wrong"], "new": WORDS["passphrase of a newcomer"]}
    keys = {**typed, "repeated": typed["new"]}
    assert holder.press(holder.get("/account/keys/"), keys).status == 422
    renewed = holder.press(holder.get("/account/recovery/"), {"passphrase": new})
    recovery = between(renewed, '<p class="kb-code">', "</p>")
    visit.secrets |= {"recovery": recovery, "recovery joined": recovery.replace(" ", "")}
    secret = one_time_code(visit, holder)
    holder.press(holder.get("/account/code/off/"), {"passphrase": WORDS["typed wrong"]})
    other = visit.browser()
    step = int(time.time()) // 30 + 1  # the next one: that of now was used
    assert sign_in(other, mail_of(first), new, f"{hotp(secret, step):06d}").path == "/werk/lijst/"
    assert holder.press(holder.get("/account/code/off/"), {"passphrase": new}).status == 302
    lost = visit.browser()
    page = lost.get("/inloggen/herstel/")
    typed = {"mail": mail_of(first), "new": new, "repeated": new}
    assert lost.press(page, {**typed, "recovery": WORDS["typed wrong"]}).status == 422


def one_time_code(visit: Visit, holder: Visitor) -> bytes:
    page = holder.get("/account/code/")
    text = between(page, '<span class="kb-key">', "</span>").replace(" ", "")
    secret = base64.b32decode(text)
    visit.secrets |= {"one-time secret": secret, "one-time secret in letters": text}
    assert holder.press(page, {"code": "000000"}).status == 422
    digits = f"{hotp(secret, int(time.time()) // 30):06d}"
    assert holder.press(page, {"code": digits}).status == 302
    return secret


def closing(holder: Visitor, work: str) -> None:
    close = holder.get(f"{work}close/")
    token = [it for it in close.form("reason").fields if it[0] == "csrfmiddlewaretoken"]
    flood = [*token, ("case", work.split("/")[2]), ("reason", "abuse"), ("text", WORDS["closing"])]
    assert holder.post("/werk/samen/", flood).status == 200  # a second look
    assert holder.post("/werk/samen/", [*flood, ("sure", "1")]).status == 302
    assert holder.post("/werk/samen/terug/", token).status == 302
    assert holder.press(close, {"text": WORDS["closing"]}).status == 422
    typed = {"reason": "withdrawn", "referred_to": WORDS["name"], "text": WORDS["closing"]}
    closed = holder.press(holder.press(close, typed), {}, button="sure")
    assert closed.status == 302, closed.text
    assert holder.press(holder.get(f"{work}reopen/"), {"text": WORDS["why"]}).status == 302


def written_down(visit: Visit, holder: Visitor) -> str:
    """Told at the desk, with a card at once; and once more, with a card later: its code."""
    before = set(holder.get("/werk/").links)
    page = holder.follow(holder.get("/werk/new/"))
    typed = anything(page.form("with_code"), WORDS["told at the desk"])
    typed |= {"how": "phone", "told_by": "parent", "known": "known"}
    typed["named"] = page.form("named").offered["named"]
    assert holder.press(page, {**typed, "file": document()}, button="add").status == 200
    page = holder.follow(holder.press(holder.get(page.path), {}, button="stop"))
    card = sealed(holder, page, {**typed, "with_code": "yes"})
    visit.secrets["start code"] = code_on(card)
    assert holder.press(card, {}, to="/done/").status == 302
    others = set(holder.get("/werk/").links)
    sealed(holder, holder.get(page.path), typed)
    (work,) = set(holder.get("/werk/").links) - before - others
    given = holder.get(f"{work}code/")
    assert holder.press(given, {}, asks=["whose"]).status == 422
    card = holder.press(given, {"whose": "reporter", "passphrase": passphrase_of(visit.holder)})
    visit.secrets["start code of later"] = code_on(card)
    return code_on(card)


def sealed(holder: Visitor, page: Page, typed: dict[str, Any]) -> Page:
    check = holder.follow(holder.press(page, typed))
    assert WORDS["told at the desk"] in check.text
    return holder.press(check, {}, asks=["form"], to="/check/")


def anything_of(page: Page) -> list[tuple[str, str]]:
    """What the last form of the page sends with a word in every box."""
    form = page.forms[-1]
    return [*form.fields, *((name, WORDS["typed wrong"]) for name in form.typed())]


def one_s_agenda(visit: Visit, holder: Visitor) -> None:
    """Hours, an absence, a turn, who reads meanwhile; a search and a question to a colleague."""
    for path in ("hours", "away", "duty"):
        page = holder.get(f"/werk/agenda/{HOUSE}/{path}/")
        posted = holder.post(page.path, anything_of(page))
        assert posted.status in {200, 302, 422}, (path, posted.status)
    page = holder.get(f"/werk/agenda/{HOUSE}/meanwhile/")
    holder.press(page, {"which": "all", "passphrase": WORDS["typed wrong"]})
    holder.press(holder.get("/werk/zoeken/"), {"asked": WORDS["looked for"]})
    page = holder.get("/werk/overleg/")
    who = next(it for it in page.form("who", "text").offered["who"] if it)
    asked = holder.press(page, {"who": who, "text": WORDS["asked of a colleague"]})
    assert holder.follow(asked).status == 200
