"""What the canary does as somebody who administers: people come in, pages are written, people go.

What an organisation says in public, and whose name is on which card, is no secret of a report and
lies in plain: only passphrases and recovery codes are words of ours here.
"""

from datetime import timedelta
from uuid import UUID

from django.test import override_settings

from klankbord.config.keyring import read_keyring
from klankbord.kit.clock import today
from klankbord.kit.tokens.invitations import invitation_token
from tests.system.canary import WORDS, Visit, between
from tests.system.server import HOUSE, mail_of, passphrase_of
from tests.system.visitor import Page, Visitor, sign_in

HERE, OTHERS = f"/beheer/{HOUSE}/", "/account/colleagues/"


def the_administrator(visit: Visit) -> Visitor:
    bert = visit.browser()
    assert sign_in(bert, mail_of("bert"), passphrase_of("bert")).path == "/beheer/"
    return bert


def an_invitation(visit: Visit, holder: Visitor) -> None:
    """Invited twice, come in, vouched for, and gone again."""
    bert = the_administrator(visit)
    page = bert.get(f"{HERE}medewerkers/invite/")
    typed = {"name": "Sam", "mail": f"sam@{HOUSE}.example", "role": "contact_person"}
    assert bert.press(page, {**typed, "mail": "sam"}).status == 422
    assert bert.press(page, typed).status == 302
    assert bert.press(bert.get(open_invitation(bert)), {}, button="again").status == 302
    sam = visit.browser()
    come_in(visit, sam, open_invitation(bert).split("/")[-2])
    vouched(visit, holder, between(sam.get("/account/"), '<span class="kb-key">', "</span>"))
    way_out = next(it for it in sam.get("/account/").links if "/leave/" in it)
    leave = sam.get(way_out)
    assert sam.press(leave, {"passphrase": WORDS["typed wrong"]}).status == 422
    assert sam.press(leave, {"passphrase": WORDS["passphrase of a newcomer"]}).status < 400


def open_invitation(bert: Visitor) -> str:
    (one,) = [it for it in links_below(bert, f"{HERE}medewerkers/") if "/invitation/" in it]
    return one


def come_in(visit: Visit, sam: Visitor, invitation: str) -> None:
    with override_settings(SECRET_KEY=read_keyring(visit.server.keyring).secret_key):
        page = sam.get(f"/uitnodiging/{invitation_token(UUID(invitation))}/")
    own = WORDS["passphrase of a newcomer"]
    assert sam.press(page, {"new": own, "repeated": WORDS["typed wrong"]}).status == 422
    kept = sam.press(page, {"new": own, "repeated": own})
    recovery = between(kept, '<p class="kb-code">', "</p>")
    assert recovery, kept.text
    visit.secrets |= {"recovery of sam": recovery, "joined": recovery.replace(" ", "")}


def vouched(visit: Visit, holder: Visitor, digits: str) -> None:
    (way,) = links_below(holder, OTHERS)
    page, own = holder.get(way), passphrase_of(visit.holder)
    assert holder.press(page, {"digits": digits, "passphrase": WORDS["typed wrong"]}).status == 422
    assert holder.press(page, {"digits": digits, "passphrase": own}).status == 302


def own_pages(visit: Visit) -> str:
    """Every screen about pages and hours, as it stands; returns the word of an activity."""
    bert = the_administrator(visit)
    for path in ("rooster", "afwezig", "delen", "bureau"):
        pressed(bert, f"{HERE}{path}/")
    pages = f"{HERE}paginas/"
    for path in ("tekst/nl", "onderwerpen/nl", "beloften/nl", "woorden/nl", "bereikbaar",
                 "kleuren", "dagen"):  # fmt: skip
        pressed(bert, f"{pages}{path}/")
    text = f"{pages}tekst/nl/"
    bert.press(bert.get(text), {"hero": "Vertel het ons"})
    assert bert.press(bert.get(text), {}, to="/terug/", button="what").status == 302
    bert.press(bert.get(text), {"hero": "Zeg het ons"})
    pressed(bert, f"{pages}nakijken/")
    pressed(bert, links_below(bert, f"{pages}eerder/")[-1])
    own_procedure(bert)
    bert.press(bert.get(f"{HERE}delen/"), {"name": "Provincie Noord"})
    pressed(bert, links_below(bert, f"{HERE}delen/")[-1])
    return an_activity(bert)


def own_procedure(bert: Visitor) -> None:
    """A copy, thrown away and begun again; switched on and off."""
    here = f"{HERE}werkwijzen/advice/"
    assert bert.press(bert.get(here), {}, to="/copy/").status == 302
    assert bert.press(bert.get(f"{here}own/"), {}, to="/drop/").status == 302
    assert bert.press(bert.get(here), {}, to="/copy/").status == 302
    bert.press(bert.get(f"{here}own/1/"), {"title-nl": ""})  # an empty text is told, and mended
    bert.press(bert.get(f"{here}own/1/"), {"title-nl": "Wat is er?"})
    for path in ("own/who", "own/text", "own/1", "own", "off"):
        pressed(bert, f"{here}{path}/")


def links_below(somebody: Visitor, path: str) -> list[str]:
    """The links on a page to addresses below its own."""
    found = dict.fromkeys(somebody.get(path).links)
    return [it for it in found if it.startswith(path) and it != path]


def pressed(somebody: Visitor, path: str) -> Page:
    """Its form, with everything as it stands; the bare token where nothing can be chosen."""
    page = somebody.get(path)
    assert page.status == 200, (path, page.status)
    form = next((it for it in page.forms if it.action in {"", page.path}), page.forms[0])
    sent = somebody.post(page.path, form.fields)
    assert sent.status in {200, 302, 303, 422}, (path, sent.status)
    return sent


def an_activity(bert: Visitor) -> str:
    """Made, ended and taken up again; returns the word in its address."""
    days = {"from_day": today(), "until_day": today() + timedelta(days=3)}
    typed = {"name": "Kamp"} | {name: day.isoformat() for name, day in days.items()}
    made = bert.follow(bert.press(bert.get(f"{HERE}activiteiten/"), typed))
    for _ in range(2):
        made = bert.follow(bert.press(made, {}, to="/stop/"))
    return made.html.partition(f"/{HOUSE}/a/")[2].partition("/")[0]


def the_house(visit: Visit) -> None:
    """A card, roles, new keys, and somebody who goes: at the end, for it takes people away."""
    bert = the_administrator(visit)
    people = [it for it in links_below(bert, f"{HERE}medewerkers/") if it.count("/") == 5]
    joris, wout = (
        next(it for it in people if f"{name} Ravelijn</h1>" in bert.get(it).html)
        for name in ("Joris", "Wout")
    )
    pressed(bert, f"{joris}card/")
    given = bert.press(bert.get(f"{joris}role/"), {"role": "leader"})
    assert given.status == 302, given.text
    roles = [it for it in links_below(bert, joris) if "/role/" in it]
    pressed(bert, max(roles, key=len))
    pressed(bert, f"{joris}keys/")
    pressed(bert, f"{wout}leave/")
