"""What a profile is: who works in such an organisation, what it promises and how it speaks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from klankbord.rules.forms.shape import ALLEGED, DANGER, Option

#: The door behind which the story form stands; shown only where stories are taken in writing.
TELL = "tell"
NOTHING: Mapping[str, object] = MappingProxyType({})
#: The way by which a case begins whoever listens.
ANY = "any"


class Lead(StrEnum):
    """What a person sees first on the public page."""

    PEOPLE = "people"
    TELEPHONE = "telephone"
    ORGANISATIONS = "organisations"


class Regime(StrEnum):
    """What a listener may promise about what is told (P1)."""

    DISCRETION = "discretion"
    DUTIES = "duties"
    CONFIDENTIAL = "confidential"
    SECRECY = "secrecy"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Promise:
    """What a regime promises: one line on a card, and the whole of it before the first word."""

    regime: Regime
    title: str
    short: str
    long: str


@dataclass(frozen=True, slots=True)
class Role:
    """What somebody is in the organisation.

    `reads`: may hold the key of a case. `listens`: and is there for reporters to choose; who only
    `reads` gets a case from a colleague, when the procedure comes to them. `oversees` means counts
    and terms, never content. `mandate_of`: a role given by whoever holds that other one, and worth
    nothing in a case about that person (R-004-155).
    """

    key: str
    title: str
    regime: Regime
    reads: bool
    oversees: bool
    listens: bool
    mandate_of: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """People who can be kept out together by ticking one box."""

    key: str
    label: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Category:
    """What it can be about, with an everyday example.

    A retired one is not offered any more, and still says what was chosen when it was.
    """

    key: str
    label: str
    example: str
    no_alleged_person: bool = False
    danger: bool = False
    retired: bool = False

    @property
    def option(self) -> Option:
        """The category as an option of a question."""
        traits = {DANGER} if self.danger else set()
        if not self.no_alleged_person:
            traits.add(ALLEGED)
        return Option(self.key, self.label, self.example, frozenset(traits))


@dataclass(frozen=True, slots=True)
class Door:
    """One way to begin, as shown on the public page (P9).

    `form` is the form behind it, if there is one; `letter` stands for it in the address, and says
    nothing; `within_days` is how many calendar days a first answer may take, where that is not the
    term of the organisation (R-002-47).
    """

    key: str
    title: str
    text: str
    form: str = ""
    letter: str = ""
    within_days: int = 0


@dataclass(frozen=True, slots=True)
class Block:
    """One block of the public page; the organisation may write its own (R-000-41)."""

    key: str
    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """The texts of the public page; hours are an organisation's own, if it wrote them down."""

    hero: str
    lede: str
    doubt: str
    exit_address: str
    blocks: tuple[Block, ...]
    telephone_hours: str = ""
    opening: str = ""

    def block(self, key: str) -> Block | None:
        """The block with this key, if the page has it."""
        return next((block for block in self.blocks if block.key == key), None)


@dataclass(frozen=True, slots=True)
class Profile:
    """A kind of organisation in one language, as it stood in one version.

    `first_answer_working_days` counts working days; `mail_hours` are the hours of
    the day (0 to 23) at which mail may leave; `certifiers` is how many people vouch for a new key.
    `begins` says by which procedure a case begins, by form and then by the regime of who listens
    (P4). `yearly` are the procedures of the organisation itself, which belong to no case.
    """

    key: str
    version: int
    language: str
    title: str
    valid_from: date
    source: str
    lead: Lead
    reports_from_public: bool
    story_form: bool
    team: bool
    first_answer_working_days: int
    mail_hours: tuple[int, ...]
    certifiers: int
    begins: Mapping[str, Mapping[str, str]]
    yearly: tuple[str, ...]
    default_country: str | None
    all_doors: tuple[Door, ...]
    roles: tuple[Role, ...]
    groups: tuple[Group, ...]
    all_categories: tuple[Category, ...]
    relations: tuple[Option, ...]
    capacities: tuple[Option, ...]
    families: tuple[Option, ...]
    vocabulary: Mapping[str, str]
    promises: Mapping[Regime, Promise]
    page: Page

    @property
    def takes_stories(self) -> bool:
        """Whether people can tell their story in writing here (P10, P11)."""
        return self.reports_from_public and self.story_form

    @property
    def doors(self) -> tuple[Door, ...]:
        """The doors that are open: the story's only where stories are taken in writing."""
        return tuple(door for door in self.all_doors if self._is_open(door))

    @property
    def form_doors(self) -> tuple[Door, ...]:
        """The open doors behind which somebody fills something in."""
        return tuple(door for door in self.doors if door.form)

    def door_to(self, form: str) -> Door | None:
        """The open door behind which this form stands."""
        return next((door for door in self.form_doors if door.form == form), None)

    def _is_open(self, door: Door) -> bool:
        if door.key == TELL:
            return self.takes_stories
        return self.reports_from_public or not door.form

    @property
    def categories(self) -> tuple[Category, ...]:
        """What can be chosen today."""
        return tuple(category for category in self.all_categories if not category.retired)

    def role(self, key: str) -> Role:
        """The role with this key; KeyError if there is none."""
        for role in self.roles:
            if role.key == key:
                return role
        raise KeyError(key)

    def promise(self, role_key: str) -> Promise | None:
        """What somebody in this role promises; nothing where the role listens to nobody."""
        return self.promises.get(self.role(role_key).regime)

    def procedure_for(self, form: str, regime: Regime) -> str:
        """The procedure by which a case begins; empty if people choose it when they read it."""
        ways = self.begins.get(form, {})
        return ways.get(regime, ways.get(ANY, ""))

    @property
    def procedures(self) -> frozenset[str]:
        """Every procedure by which a case may begin here."""
        return frozenset(key for ways in self.begins.values() for key in ways.values())

    @property
    def reading_roles(self) -> tuple[str, ...]:
        """The roles that may hold the key of a case."""
        return tuple(role.key for role in self.roles if role.reads)

    @property
    def overseeing_roles(self) -> tuple[str, ...]:
        """The roles that watch over counts and terms."""
        return tuple(role.key for role in self.roles if role.oversees)

    def options(
        self, units: tuple[Option, ...] = (), answered: Mapping[str, object] = NOTHING
    ) -> dict[str, tuple[Option, ...]]:
        """The organisation's own options, for `with_options` of a form.

        What is not offered any more is still there for whoever chose it before (R-000-15).
        """
        return {
            "categories": tuple(
                category.option
                for category in self.all_categories
                if not category.retired or _was_chosen(category.key, answered)
            ),
            "relations": self.relations,
            "capacities": self.capacities,
            "families": self.families,
            "units": units,
        }


def _was_chosen(word: str, answered: Mapping[str, object]) -> bool:
    return any(
        word in given if isinstance(given, list | tuple) else word == given
        for given in answered.values()
    )
