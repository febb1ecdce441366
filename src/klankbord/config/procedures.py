"""`klankbord procedure`: the procedures of the library, listed, shown, proven and played through.

Needs no founded house and no Django: the files and the rules say everything.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from datetime import date

from klankbord.rules.library import LANGUAGES, NotInLibrary, Refused, version_in_force, versions
from klankbord.rules.procedures.proof import proof, shipped_surroundings
from klankbord.rules.procedures.reading import (
    FOLDER,
    load_procedure,
    procedure_in_force,
    procedure_keys,
)
from klankbord.rules.procedures.shape import CONCERNED, REPORTER, Procedure, Step
from klankbord.rules.procedures.simulation import Moment, simulate
from klankbord.rules.procedures.standing import Due
from klankbord.rules.terms import COUNTRIES, Calendar

REFUSED = 2
#: The seats that every procedure knows, in the order of LANGUAGES.
OWN_SEAT_WORDS = {
    REPORTER: ("Melder", "Personne qui signale", "Reporter", "Meldende Person"),
    CONCERNED: (
        *("De persoon die het meemaakte", "La personne qui l'a vécu"),
        *("The person it happened to", "Die Person, die es erlebte"),
    ),
}


def add_procedure_commands(parser: argparse.ArgumentParser) -> None:
    """The words after `klankbord procedure`."""
    commands = parser.add_subparsers(dest="deed", required=True, metavar="DEED")

    listing = commands.add_parser("list", help="every procedure and its versions")
    listing.set_defaults(run=run_list)

    show = commands.add_parser("show", help="one procedure, step by step, in words")
    show.add_argument("key")
    show.add_argument("--version", type=int, help="a version (the newest)")
    show.add_argument("--language", choices=LANGUAGES, default="nl", help="of its texts (nl)")
    show.set_defaults(run=run_show)

    prove = commands.add_parser("prove", help="is it sound? proves all of them without a key")
    prove.add_argument("key", nargs="?")
    prove.set_defaults(run=run_prove)

    play = commands.add_parser("simulate", help="each step on its last day, with who and the date")
    play.add_argument("key")
    play.add_argument("--from", dest="start", type=_day, required=True, help="first day, as ISO")
    play.add_argument("--country", choices=COUNTRIES, default="BE", help="its holidays (BE)")
    play.add_argument("--region", default="", help="flemish, french, german or brussels")
    play.add_argument("--language", choices=LANGUAGES, default="nl", help="of the texts (nl)")
    play.add_argument("--closed", action="append", default=[], type=_period, help="DAY or DAY..DAY")
    play.add_argument("--meeting", action="append", default=[], type=_pair, help="BODY=DAY")
    play.add_argument("--choose", action="append", default=[], type=_pair, help="STEP=OUTCOME")
    play.set_defaults(run=run_simulate)


def run_list(_options: argparse.Namespace) -> int:
    """One line per version: key, version, since when, title."""
    for key in procedure_keys():
        for version, valid_from in versions(FOLDER, key):
            title = load_procedure(key, version, "nl").title
            print(f"{key:20} {version:>3}  {valid_from.isoformat()}  {title}")
    return 0


def run_show(options: argparse.Namespace) -> int:
    """The numbered list."""
    try:
        newest = max((number for number, _ in versions(FOLDER, options.key)), default=0)
        procedure = load_procedure(options.key, options.version or newest, options.language)
    except (NotInLibrary, Refused) as refused:
        return _refused(refused)
    print(f"{procedure.title} ({procedure.key}, {procedure.version})")
    if standing := _standing(procedure):
        print(standing)
    for step in procedure.steps:
        print("\n".join(_step_lines(procedure, step)))
    return 0


def _standing(procedure: Procedure) -> str:
    """Where it stands in the handbook, and since when (R-004-001)."""
    said = [f"handbook {procedure.number}"] if procedure.number else []
    for word, day in (("changed", procedure.changed), ("approved", procedure.approved)):
        said += [f"{word} {day.isoformat()}"] if day else []
    said += ["our own reconstruction"] if procedure.derived else []
    return ", ".join(said)


def _step_lines(procedure: Procedure, step: Step) -> Iterator[str]:
    who = " / ".join(_seat(procedure, seat) for seat in step.by)
    yield f"\n{step.number:>3}  {step.title}  [{step.key}]  {who}"
    if step.term:
        yield f"     term: {' | '.join(sentence.text for sentence in step.term.sentences)}"
    for outcome in step.outcomes:
        where = [*outcome.leads_to, outcome.ends and f"■ {outcome.ends}"]
        where += [outcome.converts_to and f"⇒ {outcome.converts_to}"]
        where += [outcome.starts and f"+ {outcome.starts}"]
        leads = ", ".join(word for word in where if word) or "-"
        yield f"     {outcome.title or outcome.key}: {leads}"
    if step.source:
        yield f"     {', '.join(step.source)}"


def run_prove(options: argparse.Namespace) -> int:
    """What is wrong, one sentence a line; the exit status is 2 if anything is."""
    status = 0
    for key in [options.key] if options.key else procedure_keys():
        found = versions(FOLDER, key)
        if not found:
            return _refused(NotInLibrary(f"{FOLDER}/{key}"))
        for version, _ in found:
            status = max(status, _prove(key, version))
    return status


def _prove(key: str, version: int) -> int:
    try:
        proven = proof(key, version, around=shipped_surroundings())
    except NotInLibrary as missing:
        return _refused(missing)
    verdict = "refused" if proven.findings else "sound"
    print(f"{key} {version}: {verdict}, {proven.states} states")
    for sentence in proven.findings:
        print(f"  {sentence}")
    for sentence in proven.remarks:
        print(f"  to read: {sentence}")
    return REFUSED if proven.findings else 0


def run_simulate(options: argparse.Namespace) -> int:
    """The timeline, one step a line: the day, what makes it the last one, the step, who."""
    try:
        version_in_force(FOLDER, options.key, options.start)
        procedure = procedure_in_force(options.key, options.start, options.language)
    except (NotInLibrary, Refused) as refused:
        return _refused(refused)
    timeline = simulate(procedure, options.start, _calendar(options), choices=_choices(options))
    for moment in timeline.moments:
        print(_line(procedure, moment))
    if timeline.ending:
        print(f"{'■':>10}  {procedure.endings[timeline.ending].title}")
    if timeline.converted_to:
        print(f"{'⇒':>10}  {timeline.converted_to}")
    return 0


def _line(procedure: Procedure, moment: Moment) -> str:
    step = procedure.step(moment.step)
    who = " / ".join(_seat(procedure, seat) for seat in moment.by)
    outcome = step.outcome(moment.outcome) if moment.outcome else None
    chosen = f" → {outcome.title}" if outcome and outcome.title else ""
    mark = "↻ " if moment.lasting else ""
    return f"{moment.on.isoformat()}  {_kind(moment.due):10}  {mark}{step.title} ({who}){chosen}"


def _kind(due: Due) -> str:
    if due.no_meeting:
        return "no meeting"
    if due.at_once:
        return "at once"
    return "last day" if due.day else "-"


def _seat(procedure: Procedure, seat: str) -> str:
    known = procedure.seats.get(seat)
    return known.title if known else OWN_SEAT_WORDS[seat][LANGUAGES.index(procedure.language)]


def _calendar(options: argparse.Namespace) -> Calendar:
    meetings: dict[str, tuple[date, ...]] = {}
    for body, day in options.meeting:
        meetings[body] = (*meetings.get(body, ()), _day(day))
    closed = frozenset(day for period in options.closed for day in period)
    return Calendar(options.country, closed, options.region, meetings)


def _choices(options: argparse.Namespace) -> dict[str, Sequence[str]]:
    choices: dict[str, Sequence[str]] = {}
    for step, outcome in options.choose:
        choices[step] = [*choices.get(step, []), outcome]
    return choices


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text} is not a day such as 2026-12-21") from error


def _period(text: str) -> list[date]:
    first, _, last = text.partition("..")
    begin, end = _day(first), _day(last or first)
    return [date.fromordinal(number) for number in range(begin.toordinal(), end.toordinal() + 1)]


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign or not name or not value:
        raise argparse.ArgumentTypeError(f"{text} is not NAME=VALUE")
    return name, value


def _refused(why: Exception) -> int:
    print(f"klankbord: {why}", file=sys.stderr)
    return REFUSED
