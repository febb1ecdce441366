"""How serious it is: danger first, then the marks, then what people decide (P15, P23)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from klankbord.handling.course import Course
from klankbord.handling.happening import acting, course_in, happen, today_of, works_here
from klankbord.organisations.members import Member
from klankbord.rules.course import SeverityAssessed
from klankbord.rules.entries import Happened
from klankbord.rules.forms.answers import clean
from klankbord.rules.procedures.shape import Procedure
from klankbord.rules.severity.judging import Judgement, Objection, objections, weigh
from klankbord.rules.severity.reading import scheme_in_force, scheme_keys
from klankbord.rules.severity.shape import Level, Scheme


class NotDecidedYet(Exception):
    """The estimate does not stand yet: `why` says what it lacks."""

    def __init__(self, why: tuple[Objection, ...]) -> None:
        super().__init__(", ".join(why))
        self.why = why


@dataclass(frozen=True, slots=True)
class Estimate:
    """What was asked, seen and decided. `second` is a colleague, or `second_outside` a name."""

    level: str
    dangers: Mapping[str, str] = field(default_factory=dict)
    acted_on: tuple[str, ...] = ()
    marks: Mapping[str, str] = field(default_factory=dict)
    factors: tuple[str, ...] = ()
    reason: str = field(default="", repr=False)
    second: UUID | None = None
    second_outside: str = field(default="", repr=False)


def scheme_of(course: Course, language: str) -> tuple[Scheme, str] | None:
    """The scheme by which a procedure estimates, and the fact that it settles; none without one."""
    for key in scheme_keys():
        scheme = scheme_in_force(key, course.progress.today, language)
        if finding := _settles(scheme, course.procedure):
            return scheme, finding
    return None


@dataclass(frozen=True, slots=True)
class Serious:
    """How serious a case is by its procedure's scheme. No `level`: nobody estimated it yet."""

    scheme: Scheme
    finding: str
    level: Level | None

    @property
    def two_people(self) -> bool:
        """Whether some level is never decided alone: then the page of its own is the only way."""
        return any(level.two_people for level in self.scheme.levels)


def how_serious(course: Course, language: str) -> Serious | None:
    """How serious a case was found to be; none where its procedure estimates nothing."""
    found = scheme_of(course, language)
    if found is None:
        return None
    scheme, finding = found
    word = course.progress.findings.get(finding, "")
    return Serious(scheme, finding, next((it for it in scheme.levels if it.key == word), None))


def _settles(scheme: Scheme, procedure: Procedure) -> str:
    levels = {level.key for level in scheme.levels}
    return next((key for key, it in procedure.findings.items() if set(it.options) == levels), "")


def estimate(member: Member, reference: str, *, made: Estimate, at: datetime) -> None:
    """Write down how serious it is. Raises `NotDecidedYet` with all that is lacking."""
    with acting(member, reference, at=at) as pen:
        course = course_in(pen, at)
        found = scheme_of(course, "nl")
        if found is None:
            raise NotDecidedYet((Objection.UNKNOWN_LEVEL,))
        scheme, finding = found
        if made.second:
            works_here(pen.opened, made.second, at)
        judgement = Judgement(
            made.level, made.reason, pen.opened.hand.id.hex,
            made.second.hex if made.second else made.second_outside,
            bool(made.second_outside), made.dangers, made.acted_on,
        )  # fmt: skip
        if lacking := objections(scheme, weigh(scheme, made.marks, made.factors), judgement):
            raise NotDecidedYet(lacking)
        entry = SeverityAssessed(
            scheme.key, scheme.version, finding, made.level, today_of(at),
            dict(made.dangers), made.acted_on, dict(made.marks), made.factors,
            clean(made.reason).strip(), made.second, clean(made.second_outside).strip(),
        )  # fmt: skip
        if entry != _last(pen.happened):  # the same page sent twice is one estimate
            happen(pen, entry, at=at)


def _last(happened: Iterable[Happened]) -> SeverityAssessed | None:
    made = [it.entry for it in happened if isinstance(it.entry, SeverityAssessed)]
    return made[-1] if made else None
