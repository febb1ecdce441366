"""Who may open what: every address, every kind of person, one's own case and those of others.

The table says who gets in. Everybody else who has a session of that desk gets the 404 of an address
that does not exist; everybody without one is asked to sign in. Nobody ever gets a 403: it would say
that there is something (vault §4, row 1; R-002-01).
"""

from typing import Any

from klankbord.cases.models import Attachment, Bookmark, Case, Entry, InboxRow, KeyHolder
from klankbord.organisations.models import Account
from tests.system.cast import (
    CODE_PAGE,
    LAST,
    LISTS,
    MEMBERS,
    REPORTERS,
    SIGN_IN,
    TABLE,
    TARGETS,
    Row,
    Stage,
    Who,
    all_addresses,
)


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    assert set(all_addresses()) == set(TABLE)


# The matrix ---------------------------------------------------------------------------------------


def test_everybody_opens_what_the_table_says_and_nothing_else(stage: Stage) -> None:
    surprises = []
    for name, row in by_turns():
        for target in targets_of(name):
            before = stored()
            for who in sorted(Who, key=lambda it: it in row.inside(target)):  # refused ones first
                if who in row.inside(target) and before is not None:
                    if stored() != before:
                        surprises.append(f"{name} ({target}): somebody refused wrote something")
                    before = None
                for method in ("GET", "POST"):
                    seen = outcome(stage, name, target, who, method)
                    if seen not in expected(row, target, who, method):
                        surprises.append(f"{method} {name} ({target}) by {who}: {seen}")
    assert not surprises, "\n".join(surprises)


def targets_of(name: str) -> tuple[str, ...]:
    """Whose address: where it names no case, the two of one house are the same address."""
    takes = all_addresses()[name]
    if takes & {"case_id", "reference"}:
        return TARGETS
    return ("own", "neighbour's") if "slug" in takes else ("own",)


def by_turns() -> list[tuple[str, Row]]:
    return sorted(TABLE.items(), key=lambda it: it[0] == LAST)


def outcome(stage: Stage, name: str, target: str, who: Who, method: str) -> str:
    """In a word what somebody gets; what would really change something is not sent."""
    row = TABLE[name]
    if method == "POST" and (who in row.inside(target) or name == LAST):
        return "not tried"
    client = stage.browser(who)
    address = stage.address(name, target)
    if method == "GET":
        answer = client.get(address)
    else:
        answer = client.post(address, {"text": "een woord", "answer": "een woord", "note": "a"})
    if answer.status_code in {301, 302, 303}:
        door = doors(stage, target).get(answer.headers["Location"])
        if door and door == row.door:
            return f"to {door}"
        return "in" if name == LAST else word(client.get(answer.headers["Location"]))
    if answer.status_code == 200 and method == "POST" and asks_to_sign_in(answer, row.door):
        return f"to {row.door}"
    return word(answer)


def word(answer: Any) -> str:
    words = {200: "in", 302: "in", 404: "nothing there", 405: "not that way"}
    return words.get(answer.status_code, f"status {answer.status_code}")


def doors(stage: Stage, target: str) -> dict[str, str]:
    return {f"/{stage.houses[target].slug}/m/": CODE_PAGE, "/inloggen/": SIGN_IN}


def asks_to_sign_in(answer: Any, door: str) -> bool:
    page = answer.content.decode()
    asked = {CODE_PAGE: 'name="code"', SIGN_IN: 'name="passphrase"'}
    return door in asked and asked[door] in page


def expected(row: Row, target: str, who: Who, method: str) -> set[str]:
    """The outcomes that are right: one, but for a method that the address does not know at all."""
    if method not in row.methods:
        refusals = {"not that way", "nothing there", f"to {row.door}"}
        return {*refusals, "not tried", "in"} if who in row.inside(target) else refusals
    if who in row.inside(target):
        return {"not tried"} if method == "POST" else {"in"}
    return {"nothing there"} if has_session(row.door, target, who) else {f"to {row.door}"}


def has_session(door: str, target: str, who: Who) -> bool:
    if door == SIGN_IN:
        return who in MEMBERS
    here = {Who.FOREIGN_REPORTER} if target == "neighbour's" else REPORTERS - {Who.FOREIGN_REPORTER}
    return who in here


def stored() -> tuple[object, ...]:
    """All that a visit could change in somebody's case or account."""
    kinds = (Case, Entry, KeyHolder, Bookmark, Attachment, InboxRow)
    accounts = tuple(Account.objects.order_by("id").values_list("id", "serial"))
    return (*(kind.objects.count() for kind in kinds), accounts)


# Crossed addresses, and what a 404 says ----------------------------------------------------------


def test_a_case_or_file_under_somebody_elses_address_is_not_there(stage: Stage) -> None:
    own, other, foreign = (stage.told[target].case.id for target in TARGETS)
    reporter = stage.browser(Who.REPORTER)
    holder = stage.browser(Who.HOLDER)
    reference = stage.told["own"].reference
    for client, address in (
        (reporter, f"/ravelijn/m/{own}/f/{stage.files['other']}/"),
        (reporter, f"/ravelijn/m/{foreign}/"),
        (reporter, f"/ravelijn/m/{other}/f/{stage.files['own']}/"),
        (stage.browser(Who.FOREIGN_REPORTER), f"/molenbeemd/m/{own}/"),
        (holder, f"/werk/{reference}/file/{stage.files['other']}/"),
        (holder, f"/werk/{reference}/file/{stage.files['other']}/view/"),
        (holder, f"/werk/{stage.told['other'].reference}/file/{stage.files['own']}/"),
    ):
        assert client.get(address).status_code == 404, address


def test_a_case_of_somebody_else_answers_like_one_that_never_was(stage: Stage) -> None:
    real = stage.told["own"].reference
    made_up = real[:-1] + ("2" if real[-1] != "2" else "3")
    for who in sorted(MEMBERS - {Who.HOLDER}):
        client = stage.browser(who)
        there, nowhere = (client.get(f"/werk/{one}/") for one in (real, made_up))
        assert there.status_code == nowhere.status_code == 404, who
        assert without(there, real) == without(nowhere, made_up), who
        assert dict(there.headers) == dict(nowhere.headers), who


def without(answer: Any, reference: str) -> bytes:
    return bytes(answer.content.replace(reference.encode(), b""))


def test_only_the_holder_finds_the_case_in_any_list_of_theirs(stage: Stage) -> None:
    reference = stage.told["own"].reference.encode()
    assert reference in stage.browser(Who.HOLDER).get("/werk/").content
    for who in sorted(MEMBERS - {Who.HOLDER}):
        client = stage.browser(who)
        for address in LISTS:
            answer = client.get(address)
            assert answer.status_code in {200, 302, 404}, (who, address)
            assert reference not in answer.content, (who, address)
