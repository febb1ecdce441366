"""Who may open what: every address, every kind of person, one's own case and those of others.

The table says who gets in. Everybody else who has a session of that desk gets the 404 of an address
that does not exist; everybody without one is asked to sign in. Nobody ever gets a 403: it would say
that there is something (vault §4, row 1; R-002-01).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from klankbord.cases.models import Attachment, Bookmark, Case, Entry, InboxRow, KeyHolder
from klankbord.handling import casework
from klankbord.kit.clock import now
from klankbord.organisations.models import Account
from tests import given
from tests.given import House, Told
from tests.kit.files.pictures import photo

CODE_PAGE, SIGN_IN = "code", "sign in"


class Who(StrEnum):
    """The kinds of people, as seen from the one case of Noor's."""

    ANONYMOUS = "somebody without anything"
    REPORTER = "the reporter of the case"
    OTHER_REPORTER = "the reporter of another case"
    FOREIGN_REPORTER = "a reporter of another organisation"
    HOLDER = "the holder of the case"
    PAST = "somebody whose access ended"
    EXCLUDED = "a colleague who must not read it"
    COLLEAGUE = "a colleague with another case"
    COORDINATOR = "the coordinator"
    BOARD = "a member of the board"
    ADMINISTRATOR = "the administrator"
    LEADER = "a leader without a role here"
    NEIGHBOUR = "a holder of another organisation"
    FOREIGN_ADMINISTRATOR = "the administrator of another organisation"
    FOREIGN_COORDINATOR = "the coordinator of another organisation"


EVERYBODY = frozenset(Who)
NOBODY: frozenset[Who] = frozenset()
REPORTERS = {Who.REPORTER, Who.OTHER_REPORTER, Who.FOREIGN_REPORTER}
MEMBERS = EVERYBODY - REPORTERS - {Who.ANONYMOUS}
READERS = {Who.HOLDER, Who.PAST, Who.EXCLUDED, Who.COLLEAGUE, Who.NEIGHBOUR}
OVERSEERS = {Who.COORDINATOR, Who.BOARD, Who.FOREIGN_COORDINATOR}
ADMINISTRATORS = {Who.ADMINISTRATOR, Who.FOREIGN_ADMINISTRATOR}


@dataclass(frozen=True, slots=True)
class Row:
    """Who gets in at an address: for Noor's case or her house, for the other case of that house,
    and at the neighbour's. `door` is where somebody without a session is sent.
    """

    own: Iterable[Who]
    other: Iterable[Who] = NOBODY
    neighbours: Iterable[Who] = NOBODY
    door: str = ""
    methods: str = "GET POST"

    def inside(self, target: str) -> set[Who]:
        return set({"own": self.own, "other": self.other, "neighbour's": self.neighbours}[target])


def public(methods: str = "GET POST") -> Row:
    return Row(EVERYBODY, EVERYBODY, EVERYBODY, methods=methods)


def channel(methods: str = "GET POST") -> Row:
    return Row({Who.REPORTER}, {Who.OTHER_REPORTER}, {Who.FOREIGN_REPORTER}, CODE_PAGE, methods)


def of_case(methods: str = "GET POST") -> Row:
    return Row({Who.HOLDER}, {Who.COLLEAGUE}, {Who.NEIGHBOUR}, SIGN_IN, methods)


def of_everywhere(who: Iterable[Who], methods: str = "GET POST") -> Row:
    return Row(who, who, who, SIGN_IN, methods)


def of_house(who: Who, foreign: Who) -> Row:
    return Row({who}, {who}, {foreign}, SIGN_IN, "GET")


TABLE: Mapping[str, Row] = {
    "healthz": public("GET"),
    "public:organisations": public("GET"),
    "public:exit": public("GET"),
    "public:home": public("GET"),
    "public:help": public("GET"),
    "public:info": public("GET"),
    "public:step": public(),
    "public:danger": public("GET"),
    "public:check": public(),
    "public:written": public("POST"),
    "public:stop": public("POST"),
    "public:code": public(),
    "public:leave": public("POST"),
    "public:case": channel("GET"),
    "public:message": channel("POST"),
    "public:choose": channel(),
    "public:withdraw": channel(),
    "public:go_on": channel("POST"),
    "public:file": channel("GET"),
    "workbench:sign_in": public(),
    "workbench:recover": public(),
    "workbench:sign_out": public("POST"),
    "workbench:inbox": of_everywhere(READERS, "GET"),
    "workbench:closed": of_everywhere(READERS, "GET"),
    "workbench:case": of_case(),
    "workbench:answer": of_case(),
    "workbench:note": of_case(),
    "workbench:access": of_case(),
    "workbench:access_end": of_case(),
    "workbench:exclusion": of_case(),
    "workbench:close": of_case(),
    "workbench:reopen": of_case(),
    "workbench:file": of_case("GET"),
    "workbench:view": of_case("GET"),
    "workbench:account": of_everywhere(MEMBERS),
    "workbench:passphrase": of_everywhere(MEMBERS),
    "workbench:renew_recovery": of_everywhere(MEMBERS),
    "workbench:one_time_code": of_everywhere(MEMBERS),
    "workbench:one_time_code_off": of_everywhere(MEMBERS),
    "oversight:overview": of_everywhere(OVERSEERS, "GET"),
    "administration:organisations": of_everywhere(ADMINISTRATORS, "GET"),
    "administration:people": of_house(Who.ADMINISTRATOR, Who.FOREIGN_ADMINISTRATOR),
    "administration:keeping": of_house(Who.ADMINISTRATOR, Who.FOREIGN_ADMINISTRATOR),
    "administration:journal": of_house(Who.ADMINISTRATOR, Who.FOREIGN_ADMINISTRATOR),
}
TARGETS = ("own", "other", "neighbour's")
LISTS = (
    "/werk/", "/werk/afgesloten/", "/overzicht/", "/beheer/", "/account/",
    "/beheer/ravelijn/logboek/", "/beheer/ravelijn/medewerkers/", "/beheer/ravelijn/bewaring/",
)  # fmt: skip
LAST = "public:exit"  # ends the sessions of those who go there


def addresses(
    patterns: Iterable[URLPattern | URLResolver], place: str = ""
) -> Iterator[tuple[str, set[str]]]:
    """The name of every address, and what it takes."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{place}{pattern.namespace}:" if pattern.namespace else place
            yield from addresses(pattern.url_patterns, inner)
        else:
            assert pattern.name, f"an address without a name: {pattern.pattern}"
            yield f"{place}{pattern.name}", set(pattern.pattern.converters)


def all_addresses() -> dict[str, set[str]]:
    return dict(addresses(get_resolver().url_patterns))


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    assert set(all_addresses()) == set(TABLE)


# The cast -----------------------------------------------------------------------------------------


@dataclass(slots=True)
class Stage:
    """Three cases, and somebody of each kind with the cookies that they have."""

    houses: dict[str, House]
    told: dict[str, Told]
    files: dict[str, str]
    people: dict[Who, dict[str, str]] = field(default_factory=dict)

    def browser(self, who: Who) -> Client:
        client = Client(raise_request_exception=False)
        for name, value in self.people[who].items():
            client.cookies[name] = value
        return client

    def address(self, name: str, target: str) -> str:
        told, house = self.told[target], self.houses[target]
        everything = {
            "slug": house.slug, "number": 1, "case_id": told.case.id, "reference": told.reference,
            "file_id": self.files[target], "file": self.files[target],
        }  # fmt: skip
        return reverse(name, kwargs={key: everything[key] for key in all_addresses()[name]})


HOUSE = {
    "noor": ["contact_person"], "past": ["contact_person"], "tarik": ["contact_person"],
    "lotte": ["contact_person"], "els": ["coordinator"], "joris": ["board"],
    "bert": ["administrator"], "wout": ["leader"],
}  # fmt: skip
CAST = {
    Who.HOLDER: "noor", Who.PAST: "past", Who.EXCLUDED: "tarik", Who.COLLEAGUE: "lotte",
    Who.COORDINATOR: "els", Who.BOARD: "joris", Who.ADMINISTRATOR: "bert", Who.LEADER: "wout",
}  # fmt: skip
FOREIGN = {
    Who.NEIGHBOUR: "nadia", Who.FOREIGN_ADMINISTRATOR: "bas", Who.FOREIGN_COORDINATOR: "cleo",
}  # fmt: skip


@pytest.fixture
def stage(db: None, trusting: None, data_folder: Any) -> Stage:
    house, neighbour = given.a_house(people=HOUSE, founder="noor"), given.the_neighbour()
    told = {
        "own": given.a_report(house, at=now(), reader="noor", must_not=["tarik"]),
        "other": given.a_report(house, at=now(), reader="lotte"),
        "neighbour's": given.a_report(neighbour, at=now(), reader="nadia"),
    }
    houses = {"own": house, "other": house, "neighbour's": neighbour}
    stage = Stage(houses, told, {})
    stage.people[Who.ANONYMOUS] = {}
    for who, target in zip(
        (Who.REPORTER, Who.OTHER_REPORTER, Who.FOREIGN_REPORTER), TARGETS, strict=True
    ):
        stage.people[who] = with_code(houses[target], told[target])
        stage.files[target] = with_picture(stage, who, target)
    for kinds, where in ((CAST, house), (FOREIGN, neighbour)):
        stage.people |= {who: signed_in(where, first) for who, first in kinds.items()}
    once_a_reader(house, told["own"])
    return stage


def with_code(house: House, told: Told) -> dict[str, str]:
    client = Client()
    address = f"/{house.slug}/m/"
    answer = client.post(address, {"code": told.receipt.code, "form": token(client, address)})
    assert answer.status_code == 303, answer.content.decode()
    return {name: morsel.value for name, morsel in client.cookies.items()}


def signed_in(house: House, first: str) -> dict[str, str]:
    client, person = Client(), house[first]
    typed = {"mail": person.mail, "passphrase": person.passphrase, "code": ""}
    answer = client.post("/inloggen/", {**typed, "form": token(client, "/inloggen/")})
    assert answer.status_code == 302, answer.content.decode()
    return {name: morsel.value for name, morsel in client.cookies.items()}


def with_picture(stage: Stage, who: Who, target: str) -> str:
    client = stage.browser(who)
    page = reverse("public:case", args=[stage.houses[target].slug, stage.told[target].case.id])
    picture = SimpleUploadedFile("foto.jpg", photo())
    sent = {"text": "Zie de foto.", "file": picture, "form": token(client, page)}
    assert client.post(f"{page}message/", sent).status_code == 303
    shown = client.get(page).content.decode()
    return shown.partition(f"{page}f/")[2].partition("/")[0]


def once_a_reader(house: House, told: Told) -> None:
    """Gave access, read, and access ended: what is left is a memory."""
    noor = house["noor"].member()
    membership = house["past"].membership
    casework.give_access(
        noor, told.reference, membership=membership, identity=True, why="vakantie", at=now()
    )
    casework.open_page(house["past"].member(), told.reference, at=now(), language="nl")
    casework.end_access(noor, told.reference, membership=membership, why="terug", at=now())


def token(client: Client, address: str) -> str:
    return (
        client.get(address).content.decode().partition('name="form" value="')[2].partition('"')[0]
    )


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
