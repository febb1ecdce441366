"""The cast of the whole system, and who of them may open which address."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from klankbord.handling import casework
from klankbord.intake.models import Activity
from klankbord.kit.clock import now
from klankbord.kit.tokens.invitations import invitation_token
from klankbord.organisations.own import history_of, our_words
from klankbord.organisations.services import engage, inviting, publish, write_draft
from klankbord.rules.profiles.own import Part
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
FOREIGNERS = {Who.NEIGHBOUR, Who.FOREIGN_ADMINISTRATOR, Who.FOREIGN_COORDINATOR}
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


def where_one_works(methods: str = "GET POST") -> Row:
    """Everybody with a role in the house, and nobody of another."""
    return Row(MEMBERS - FOREIGNERS, MEMBERS - FOREIGNERS, FOREIGNERS, SIGN_IN, methods)


def of_house(who: Who, foreign: Who, methods: str = "GET") -> Row:
    return Row({who}, {who}, {foreign}, SIGN_IN, methods)


def of_readers(methods: str = "GET POST") -> Row:
    """What a reader has in each of their own houses."""
    here = READERS - {Who.NEIGHBOUR}
    return Row(here, here, {Who.NEIGHBOUR}, SIGN_IN, methods)


def of_administrator(methods: str = "GET POST") -> Row:
    return of_house(Who.ADMINISTRATOR, Who.FOREIGN_ADMINISTRATOR, methods)


def of_those_who_vouch() -> Row:
    own = {Who.HOLDER, Who.PAST, Who.EXCLUDED, Who.COLLEAGUE}
    return Row(own, own, {Who.NEIGHBOUR}, SIGN_IN)


def of_activities(methods: str = "GET POST") -> Row:
    """Whoever listens or administers there (R-001-41)."""
    here = (READERS | {Who.ADMINISTRATOR}) - {Who.NEIGHBOUR}
    return Row(here, here, {Who.NEIGHBOUR, Who.FOREIGN_ADMINISTRATOR}, SIGN_IN, methods)


TABLE: Mapping[str, Row] = {
    "healthz": public("GET"),
    "begin": Row(NOBODY, methods=""),  # only at the terminal that founds, while nothing is founded
    "public:organisations": public("GET"),
    "public:exit": public("GET"),
    "public:home": public("GET"),
    "public:help": public("GET"),
    "public:info": public("GET"),
    "public:permanence": public("GET"),
    "public:keeping": public("GET"),
    "public:style": public("GET"),
    "public:door": public(),
    "public:step": public(),
    "public:activity": public("GET"),
    "public:activity_door": public(),
    "public:sheet": public("GET"),
    "public:poster": public("GET"),
    "public:danger": public("GET"),
    "public:check": public(),
    "public:written": public("POST"),
    "public:stop": public("POST"),
    "public:code": public(),
    "public:own_code": public(),
    "public:own_code_written": public("POST"),
    "public:leave": public("POST"),
    "public:case": channel("GET"),
    "public:message": channel("POST"),
    "public:choose": channel(),
    "public:withdraw": channel(),
    "public:go_on": channel("POST"),
    "public:not_said": channel(),
    "public:own_step": channel(),
    "public:file": channel("GET"),
    "workbench:sign_in": public(),
    "workbench:recover": public(),
    "workbench:invitation": public(),
    "workbench:sign_out": public("POST"),
    "workbench:inbox": of_everywhere(READERS, "GET"),
    "workbench:worklist": of_everywhere(MEMBERS, "GET"),
    "workbench:closed": of_everywhere(READERS, "GET"),
    "workbench:enter": of_everywhere(MEMBERS, "GET"),
    "workbench:enter_in": where_one_works(),
    "workbench:enter_check": where_one_works(),
    "workbench:enter_done": where_one_works("POST"),
    "workbench:agenda": of_everywhere(READERS, "GET"),
    "workbench:hours": of_readers(),
    "workbench:away": of_readers(),
    "workbench:duty": of_readers(),
    "workbench:meanwhile": of_readers(),
    "workbench:search": of_everywhere(READERS),
    "workbench:confer": of_everywhere(READERS),
    "workbench:links": of_case(),
    "workbench:together": of_everywhere(READERS),
    "workbench:take_back": of_everywhere(READERS, "POST"),
    "workbench:case": of_case(),
    "workbench:step": of_case(),
    "workbench:step_skip": of_case(),
    "workbench:step_give": of_case(),
    "workbench:step_ask": of_case("POST"),
    "workbench:step_said": of_case(),
    "workbench:extend": of_case(),
    "workbench:acting": of_case("GET"),
    "workbench:acting_take": of_case("POST"),
    "workbench:acting_out": of_case("POST"),
    "workbench:acting_in": of_case("POST"),
    "workbench:procedure": of_case(),
    "workbench:severity": of_case(),
    "workbench:course": of_case("GET"),
    "workbench:facts": of_case(),
    "workbench:correct": of_case(),
    "workbench:printed": of_case("GET"),
    "workbench:reopen_at": of_case(),
    "workbench:answer": of_case(),
    "workbench:note": of_case(),
    "workbench:access": of_case(),
    "workbench:access_end": of_case(),
    "workbench:start_code": of_case(),
    "workbench:exclusion": of_case(),
    "workbench:close": of_case(),
    "workbench:reopen": of_case(),
    "workbench:file": of_case("GET"),
    "workbench:view": of_case("GET"),
    "workbench:paper": of_everywhere(READERS, "GET"),
    "workbench:sheet": Row(
        READERS - {Who.NEIGHBOUR}, READERS - {Who.NEIGHBOUR}, {Who.NEIGHBOUR}, SIGN_IN, "GET"
    ),
    "workbench:procedures": of_everywhere(READERS, "GET"),
    "workbench:procedure_read": of_readers("GET"),
    "workbench:account": of_everywhere(MEMBERS),
    "workbench:colleagues": of_everywhere(MEMBERS, "GET"),
    "workbench:vouch": of_those_who_vouch(),
    "workbench:leave": Row(NOBODY, NOBODY, NOBODY, SIGN_IN),  # only one's own
    "workbench:passphrase": of_everywhere(MEMBERS),
    "workbench:new_keys": of_everywhere(MEMBERS),
    "workbench:renew_recovery": of_everywhere(MEMBERS),
    "workbench:one_time_code": of_everywhere(MEMBERS),
    "workbench:one_time_code_off": of_everywhere(MEMBERS),
    "oversight:overview": of_everywhere(OVERSEERS, "GET"),
    "oversight:terms": of_everywhere(OVERSEERS, "GET"),
    "oversight:yearly": of_everywhere(NOBODY),  # a youth movement has no such duties
    "oversight:duty": of_everywhere(NOBODY),
    "administration:organisations": of_everywhere(ADMINISTRATORS, "GET"),
    "administration:activities": of_everywhere(READERS | ADMINISTRATORS, "GET"),
    "administration:activity_new": of_activities(),
    "administration:activity": of_activities("GET"),
    "administration:activity_end": of_activities("POST"),
    "administration:procedures": of_administrator("GET"),
    "administration:procedure": of_administrator("GET"),
    "administration:copy": of_administrator("POST"),
    "administration:procedure_off": of_administrator(),
    "administration:draft": of_administrator(),
    "administration:draft_drop": of_administrator("POST"),
    "administration:draft_text": of_administrator(),
    "administration:draft_seats": of_administrator(),
    "administration:draft_step": of_administrator(),
    "administration:pages": of_administrator("GET"),
    "administration:page_text": of_administrator(),
    "administration:categories": of_administrator(),
    "administration:promises": of_administrator(),
    "administration:vocabulary": of_administrator(),
    "administration:reach": of_administrator(),
    "administration:colours": of_administrator(),
    "administration:days": of_administrator(),
    "administration:publish": of_administrator(),
    "administration:undo": of_administrator(),
    "administration:history": of_administrator("GET"),
    "administration:earlier": of_administrator(),
    "preview:page": of_administrator("GET"),
    "preview:style": of_administrator("GET"),
    "administration:people": of_administrator("GET"),
    "administration:invite": of_administrator(),
    "administration:invitation": of_administrator(),
    "administration:person": of_administrator("GET"),
    "administration:card": of_administrator(),
    "administration:give_role": of_administrator(),
    "administration:end_role": of_administrator(),
    "administration:new_keys": of_administrator(),
    "administration:leave": of_administrator(),
    "administration:units": of_administrator(),
    "administration:unit": of_administrator(),
    "administration:bureau": of_administrator(),
    "administration:engagement": of_administrator(),
    "administration:rota": of_administrator(),
    "administration:meetings": of_administrator(),
    "administration:absences": of_administrator(),
    "administration:keeping": of_administrator("GET"),
    "administration:journal": of_administrator("GET"),
}
TARGETS = ("own", "other", "neighbour's")
LISTS = (
    "/werk/", "/werk/lijst/", "/werk/afgesloten/", "/werk/agenda/", "/werk/overleg/",
    "/werk/zoeken/", "/overzicht/", "/overzicht/termijnen/", "/beheer/", "/account/",
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


@cache
def all_addresses() -> dict[str, set[str]]:
    return dict(addresses(get_resolver().url_patterns))


# The cast -----------------------------------------------------------------------------------------


@dataclass(slots=True)
class Stage:
    """Three cases, and somebody of each kind with the cookies that they have."""

    houses: dict[str, House]
    told: dict[str, Told]
    files: dict[str, str]
    activities: dict[str, Activity]
    editions: dict[str, UUID]
    people: dict[Who, dict[str, str]] = field(default_factory=dict)
    newcomers: dict[str, dict[str, object]] = field(default_factory=dict)
    engagement: UUID | None = None

    def browser(self, who: Who) -> Client:
        client = Client(raise_request_exception=False)
        for name, value in self.people[who].items():
            client.cookies[name] = value
        return client

    def address(self, name: str, target: str) -> str:
        told, house = self.told[target], self.houses[target]
        everything = {
            "slug": house.slug, "key": "advice", "number": 1, "which": 1, "letter": "a",
            "word": self.activities[target].word, "seq": 1,
            "activity": self.activities[target].id, "case_id": told.case.id,
            "place": house.slug, "form": "conversation_report",
            "procedure": "advice",
            "reference": told.reference,
            "file_id": self.files[target], "file": self.files[target],
            "language": "nl", "page": "home", "name": "style", "edition": self.editions[target],
            **self.newcomers[house.slug], "engagement": self.engagement,
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


def a_stage() -> Stage:
    """Found it all. Needs a database, a keyring and a data folder of its own."""
    house, neighbour = given.a_house(people=HOUSE, founder="noor"), given.the_neighbour()
    told = {
        "own": given.a_report(house, at=now(), reader="noor", must_not=["tarik"]),
        "other": given.a_report(house, at=now(), reader="lotte"),
        "neighbour's": given.a_report(neighbour, at=now(), reader="nadia"),
    }
    houses = {"own": house, "other": house, "neighbour's": neighbour}
    activities = {
        "own": given.an_activity(house, "noor"),
        "neighbour's": given.an_activity(neighbour, "nadia"),
    }
    activities["other"] = activities["own"]
    editions = {
        target: written(houses[target], by)
        for target, by in zip(TARGETS, ("bert", "bert", "bas"), strict=True)
    }
    stage = Stage(houses, told, {}, activities, editions)
    stage.people[Who.ANONYMOUS] = {}
    row = engage(bureau=neighbour.organisation, employer=house.organisation, from_day=given.FOUNDED)
    stage.engagement = row.id  # each of the two administrators sees it
    for where, administrator in ((house, "bert"), (neighbour, "bas")):
        part = given.add_unit(where.organisation, name="Groep")
        stage.newcomers[where.slug] = somebody_new(where, administrator) | {"unit": part.id}
    for who, target in zip(
        (Who.REPORTER, Who.OTHER_REPORTER, Who.FOREIGN_REPORTER), TARGETS, strict=True
    ):
        stage.people[who] = with_code(houses[target], told[target])
        stage.files[target] = with_picture(stage, who, target)
    for kinds, where in ((CAST, house), (FOREIGN, neighbour)):
        stage.people |= {who: signed_in(where, first) for who, first in kinds.items()}
    once_a_reader(house, told["own"])
    return stage


def written(house: House, by: str) -> UUID:
    """A text of the house's own that is public."""
    at, row = now().date(), house.organisation
    words = {**our_words(row, Part.PAGE, "nl"), "hero": "Vertel het ons"}
    write_draft(row, Part.PAGE, "nl", words, by=house[by].membership, on=at)
    publish(row, [(Part.PAGE, "nl")], by=house[by].membership, on=at)
    return history_of(row)[0].id


def somebody_new(house: House, administrator: str) -> dict[str, object]:
    """Whose key waits for a colleague, and an invitation that nobody answered yet."""
    mila = given.a_person(house.organisation, "mila", ["contact_person"])
    invitation = inviting.invite(
        house[administrator].member(), house.organisation, name="Sam",
        mail=f"sam@{house.slug}.example", roles=["leader"], at=now(),
    )  # fmt: skip
    return {
        "person": mila.membership, "role": given.membership(mila).roles.get().id,
        "invitation": invitation.id, "token": invitation_token(invitation.id),
    }  # fmt: skip


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
