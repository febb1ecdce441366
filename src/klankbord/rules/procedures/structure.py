"""Is the text of a procedure right? Every finding is a sentence that names the key it is about.

Names, kinds and references only; whether a case can get stuck is found by walking (`walk`).
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from klankbord.rules.library import Raw
from klankbord.rules.procedures.sentences import Kind, NotATerm, read_length, read_sentence
from klankbord.rules.procedures.shape import (
    OPENING,
    OWN_SEATS,
    SEAT,
    START,
    UNKNOWN,
    Relation,
    Reveals,
    Subject,
)
from klankbord.rules.terms import COUNTRIES
from klankbord.rules.translation import TEXT_KEYS, TEXT_TABLES

Kinds = Mapping[str, type | tuple[type, ...]]

HEAD: Kinds = {
    "key": str,
    "version": int,
    "valid_from": date,
    "title": str,
    "start": list,
    "who": dict,
    "step": list,
}
HEAD_MAY: Kinds = {
    "valid_until": date,
    "number": str,
    "changed": date,
    "approved": date,
    "source": str,
    "answers": list,
    "countries": list,
    "derived": bool,
    "subject": str,
    "intro": list,
    "finding": dict,
    "day": dict,
    "letter": dict,
    "ending": dict,
    "without_consent": dict,
}
SEAT_KEYS: Kinds = {"title": str, "succession": list}
SEAT_MAY: Kinds = {"barred": list, "not_also": list, "source": list}
FINDING: Kinds = {"title": str, "options": dict}
FINDING_MAY: Kinds = {"source": list}
DAY: Kinds = {"title": str}
DAY_MAY: Kinds = {"proposed": str, "past": bool}
LETTER: Kinds = {"title": str, "parts": dict}
LETTER_MAY: Kinds = {"source": list, "to_reporter": bool}
ENDING: Kinds = {"title": str}
ENDING_MAY: Kinds = {
    "source": list,
    "never_without": list,
    "reopens_at": list,
    "registers": str,
    "counts": bool,
    "even_if_open": bool,
    "reporter": str,
}
STEP: Kinds = {"key": str, "title": str, "by": (str, list)}
STEP_MAY: Kinds = {
    "number": str,
    "source": list,
    "guidance": list,
    "reporter": str,
    "when": (dict, list),
    "waits_for": list,
    "expects": list,
    "optional": bool,
    "anytime": bool,
    "stops": bool,
    "lasting": bool,
    "duty": bool,
    "term": (str, list, dict),
    "extension": dict,
    "asks": list,
    "records": list,
    "may_record": list,
    "check": list,
    "form": str,
    "letter": str,
    "registers": str,
    "notifies": str,
    "directory": str,
    "consent": dict,
    "outcome": dict,
    "leads_to": (str, list),
}
OUTCOME: Kinds = {"title": str}
OUTCOME_MAY: Kinds = {
    "leads_to": (str, list),
    "when": (dict, list),
    "records": list,
    "needs": list,
    "drops": list,
    "letter": str,
    "starts": str,
    "converts_to": str,
    "ends": str,
}
CONSENT_MAY: Kinds = {
    "question": str,
    "of": str,
    "reveals": str,
    "refused": str,
    "same_as": str,
}
CHECK: Kinds = {"key": str, "title": str}
CHECK_MAY: Kinds = {"source": list, "holds": dict}
HOLDS: Kinds = {"day": str, "by": str}
EXTENSION: Kinds = {"most": str}
EXTENSION_MAY: Kinds = {"times": int, "letter": str}
WITHOUT_CONSENT: Kinds = {"second": str, "leads_to": str}

#: What an outcome may need besides a choice.
NEEDS = frozenset({"reason", "referral"})
NOTHING = "nothing"

#: Every key of the format: a test compares this with docs/procedures.md.
ALL_KEYS = frozenset().union(
    *(HEAD, HEAD_MAY, SEAT_KEYS, SEAT_MAY, FINDING, FINDING_MAY, DAY, DAY_MAY),
    *(LETTER, LETTER_MAY, ENDING, ENDING_MAY),
    *(STEP, STEP_MAY, OUTCOME, OUTCOME_MAY, CONSENT_MAY, CHECK, CHECK_MAY, HOLDS, EXTENSION),
    *(EXTENSION_MAY, WITHOUT_CONSENT, ("latest",)),
)


def structure_findings(raw: Raw) -> tuple[str, ...]:
    """What is wrong with the main file itself."""
    found = tuple(kind_findings(raw))
    return found or tuple(_sense_findings(raw))


# Are the tables there, with known keys of the right kind?


def kind_findings(raw: Raw) -> Iterator[str]:
    """What is missing, unknown or of another kind; without any, a form can show the file."""
    yield from table_findings("the procedure", raw, HEAD, HEAD_MAY)
    for name, must, may in (
        ("who", SEAT_KEYS, SEAT_MAY),
        ("finding", FINDING, FINDING_MAY),
        ("day", DAY, DAY_MAY),
        ("letter", LETTER, LETTER_MAY),
        ("ending", ENDING, ENDING_MAY),
    ):
        yield from _tables_by_name(name, raw.get(name, {}), must, may)
    if "without_consent" in raw:
        yield from table_findings("without_consent", raw["without_consent"], WITHOUT_CONSENT, {})
    yield from _items("step", raw.get("step"))
    for step in _each(raw.get("step")):
        yield from _step_kinds(step)


def _step_kinds(step: Raw) -> Iterator[str]:
    key = str(step.get("key", "?"))
    yield from table_findings(key, step, STEP, STEP_MAY)
    yield from _tables_by_name(f"{key}.outcome", step.get("outcome", {}), OUTCOME, OUTCOME_MAY)
    if "consent" in step:
        yield from table_findings(f"{key}.consent", step["consent"], {}, CONSENT_MAY)
    if "extension" in step:
        yield from table_findings(f"{key}.extension", step["extension"], EXTENSION, EXTENSION_MAY)
    if "check" in step:
        yield from _items(f"{key}.check", step["check"])
    for check in _each(step.get("check")):
        name = f"{key}.check.{check.get('key', '?')}"
        yield from table_findings(name, check, CHECK, CHECK_MAY)
        if "holds" in check:
            yield from table_findings(f"{name}.holds", check["holds"], HOLDS, {})


def table_findings(name: str, table: Any, must: Kinds, may: Kinds) -> Iterator[str]:
    """Unknown keys, missing keys and keys of another kind; lists must be lists of words."""
    if not isinstance(table, dict):
        yield f"{name}: it must be a table."
        return
    known = {**must, **may}
    for key, value in table.items():
        if key not in known:
            yield f"{name}: the key {key} is unknown."
        elif not _is(value, known[key]):
            yield f"{name}: {key} is of another kind than it should be."
    for key in must:
        if key not in table:
            yield f"{name}: the key {key} is missing."


def _is(value: Any, kind: type | tuple[type, ...]) -> bool:
    return isinstance(value, kind) and (kind is bool or not isinstance(value, bool))


def _tables_by_name(name: str, tables: Any, must: Kinds, may: Kinds) -> Iterator[str]:
    if not isinstance(tables, dict):
        yield f"{name}: it must be a table."
        return
    for key, table in tables.items():
        yield from table_findings(f"{name}.{key}", table, must, may)
        if key in TEXT_KEYS or key in TEXT_TABLES:
            yield f"{name}.{key}: this word means a text; choose another."


def _items(name: str, value: Any) -> Iterator[str]:
    if not isinstance(value, list) or not value or len(_each(value)) != len(value):
        yield f"{name}: there must be at least one, written as a list of tables."
        return
    keys = [str(item.get("key")) for item in value]
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        yield f"{name} {key}: two of them have this key."
    for key in sorted(TEXT_KEYS.intersection(keys)):
        yield f"{name} {key}: this word means a text; choose another."


def _each(tables: Any) -> list[Raw]:
    if not isinstance(tables, list):
        return []
    return [table for table in tables if isinstance(table, dict)]


# Do all names in the file name something?


def _sense_findings(raw: Raw) -> Iterator[str]:
    names = _Names(raw)
    yield from names.twice()
    if raw.get("subject", Subject.CASE) not in set(Subject):
        yield f"subject: {raw['subject']} is unknown."
    elif raw.get("subject", Subject.CASE) == Subject.CASE and not raw.get("ending"):
        yield "ending: a procedure for a case must have at least one."
    if "approved" in raw and raw["approved"] < raw.get("changed", raw["approved"]):
        yield "approved: it was changed after it was approved."
    for country in raw.get("countries", []):
        if country not in COUNTRIES:
            yield f"countries: {country} is unknown. Known are {', '.join(COUNTRIES)}."
    yield from names.known("start", raw["start"], names.steps, "step")
    if not raw["start"]:
        yield "start: at least one step must be open on the first day."
    for key, seat in raw["who"].items():
        yield from _seat_findings(key, seat, names)
    for key, day in raw.get("day", {}).items():
        if "proposed" in day:
            yield from _length_findings(f"day.{key}.proposed", day["proposed"])
    for key, ending in raw.get("ending", {}).items():
        for name in ("never_without", "reopens_at"):
            yield from names.known(
                f"ending.{key}.{name}", ending.get(name, []), names.steps, "step"
            )
    if "without_consent" in raw:
        yield from _without_consent_findings(raw["without_consent"], names)
    for step in raw["step"]:
        yield from _step_findings(step, names)


class _Names:
    """Everything that a procedure gives a name."""

    def __init__(self, raw: Raw) -> None:
        self.raw = raw
        self.steps = {step["key"]: step for step in raw["step"]}
        self.seats = {**raw["who"], **dict.fromkeys(OWN_SEATS)}
        self.days = raw.get("day", {})
        self.letters = raw.get("letter", {})
        self.endings = raw.get("ending", {})
        self.words = {key: {UNKNOWN, *f["options"]} for key, f in raw.get("finding", {}).items()}
        for key, step in self.steps.items():
            self.words[key] = {UNKNOWN, *step.get("outcome", {"done": None})}
        for key, seat in raw["who"].items():
            self.words[SEAT + key] = {UNKNOWN, *map(str, seat["succession"])}

    def twice(self) -> Iterator[str]:
        for key in self.days:
            if key in self.steps or key in (START, OPENING):
                yield f"day.{key}: a step or a start has this name too."
        for key in self.raw.get("finding", {}):
            if key in self.steps or key.startswith(SEAT):
                yield f"finding.{key}: a step or a seat has this name too."
        for key in self.raw["who"]:
            if key in OWN_SEATS:
                yield f"who.{key}: every procedure already knows this seat."

    def known(
        self, name: str, given: Any, among: Collection[str], what: str, *, none: str = ""
    ) -> Iterator[str]:
        """A sentence for each word that names nothing."""
        for word in as_list(given):
            if not isinstance(word, str):
                yield f"{name}: it must be a list of words."
            elif word not in among and word != none:
                yield f"{name}: the {what} {word} does not exist."


def as_list(value: Any) -> Sequence[Any]:
    """One word or several, as several."""
    return value if isinstance(value, list) else [value]


def _seat_findings(key: str, seat: Raw, names: _Names) -> Iterator[str]:
    name = f"who.{key}"
    if not seat["succession"] or not all(isinstance(role, str) for role in seat["succession"]):
        yield f"{name}.succession: there must be at least one role."
    yield from names.known(f"{name}.barred", seat.get("barred", []), set(Relation), "relation")
    yield from names.known(f"{name}.not_also", seat.get("not_also", []), names.seats, "seat")


def _without_consent_findings(raw: Raw, names: _Names) -> Iterator[str]:
    yield from names.known("without_consent.second", raw["second"], names.raw["who"], "seat")
    yield from names.known("without_consent.leads_to", raw["leads_to"], names.steps, "step")


def _step_findings(step: Raw, names: _Names) -> Iterator[str]:
    key = step["key"]
    yield from names.known(f"{key}.by", step["by"], names.seats, "seat")
    for name in ("waits_for", "expects"):
        yield from names.known(f"{key}.{name}", step.get(name, []), names.steps, "step")
        if key in step.get(name, []):
            yield f"{key}.{name}: a step cannot come after itself."
    for name in ("records", "may_record"):
        yield from names.known(f"{key}.{name}", step.get(name, []), names.days, "day")
    findings = names.raw.get("finding", {})
    yield from names.known(f"{key}.asks", step.get("asks", []), findings, "finding")
    yield from names.known(f"{key}.letter", step.get("letter", []), names.letters, "letter")
    yield from _when_findings(f"{key}.when", step.get("when", []), names)
    yield from _term_findings(f"{key}.term", step.get("term", []), names)
    if "extension" in step:
        yield from _extension_findings(step, names)
    for check in step.get("check", []):
        if "holds" in check:
            yield from _holds_findings(f"{key}.check.{check['key']}.holds", check["holds"], names)
    if "consent" in step:
        yield from _consent_findings(key, step["consent"], names)
    yield from _leaving_findings(step)
    yield from _outcomes_findings(step, names)


def _leaving_findings(step: Raw) -> Iterator[str]:
    """Nothing leaves the room without consent, or without telling the reporter of the duty."""
    if not step.get("notifies") or "consent" in step:
        return
    if not step.get("duty"):
        yield f"{step['key']}.notifies: it tells somebody outside without consent and is no duty."
    elif not step.get("reporter"):
        yield f"{step['key']}.reporter: the reporter must be told of a duty that leaves the room."


def _extension_findings(step: Raw, names: _Names) -> Iterator[str]:
    name = f"{step['key']}.extension"
    if "term" not in step:
        yield f"{name}: there is no term to extend."
    yield from _length_findings(f"{name}.most", step["extension"]["most"])
    letter = step["extension"].get("letter", [])
    yield from names.known(f"{name}.letter", letter, names.letters, "letter")
    if step["extension"].get("times", 1) < 1:
        yield f"{name}.times: it must be at least one."


def _consent_findings(key: str, consent: Raw, names: _Names) -> Iterator[str]:
    name = f"{key}.consent"
    if same := consent.get("same_as"):
        asking = names.steps.get(same, {}).get("consent", {})
        if "question" not in asking:
            yield f"{name}.same_as: the step {same} asks for no consent."
        return
    for needed in ("question", "reveals", "refused"):
        if needed not in consent:
            yield f"{name}: the key {needed} is missing."
    if consent.get("reveals", Reveals.NOTHING) not in set(Reveals):
        yield f"{name}.reveals: {consent['reveals']} is unknown."
    if consent.get("of", "reporter") not in OWN_SEATS:
        yield f"{name}.of: consent is of the reporter or of the person concerned."
    refused = consent.get("refused", NOTHING)
    yield from names.known(f"{name}.refused", refused, names.steps, "step", none=NOTHING)


def _outcomes_findings(step: Raw, names: _Names) -> Iterator[str]:
    key = step["key"]
    yield from names.known(f"{key}.leads_to", step.get("leads_to", []), names.steps, "step")
    if "leads_to" in step and "outcome" in step:
        yield f"{key}: leads_to is said by each outcome, or by the step if there is none."
    if step.get("outcome") == {}:
        yield f"{key}.outcome: there must be at least one."
    for word, outcome in step.get("outcome", {}).items():
        name = f"{key}.outcome.{word}"
        for reference in ("leads_to", "drops"):
            given = outcome.get(reference, [])
            yield from names.known(f"{name}.{reference}", given, names.steps, "step")
        yield from names.known(f"{name}.records", outcome.get("records", []), names.days, "day")
        yield from names.known(f"{name}.needs", outcome.get("needs", []), NEEDS, "need")
        yield from names.known(f"{name}.ends", outcome.get("ends", []), names.endings, "ending")
        letter = outcome.get("letter", [])
        yield from names.known(f"{name}.letter", letter, names.letters, "letter")
        yield from _when_findings(f"{name}.when", outcome.get("when", []), names)
        if "ends" in outcome and "converts_to" in outcome:
            yield f"{name}: it ends or it goes on as another procedure, not both."


def _when_findings(name: str, when: Any, names: _Names) -> Iterator[str]:
    for alternative in as_list(when):
        if not isinstance(alternative, dict) or not alternative:
            yield f"{name}: it must be a table of findings, or a list of such tables."
            continue
        for finding, words in alternative.items():
            if finding not in names.words:
                yield f"{name}: the finding {finding} does not exist."
                continue
            for word in as_list(words):
                if word not in names.words[finding]:
                    yield f"{name}: {finding} is never {word}."


def _term_findings(name: str, term: Any, names: _Names) -> Iterator[str]:
    if isinstance(term, dict):
        if set(term) != {"latest"} or not isinstance(term["latest"], list) or not term["latest"]:
            yield f"{name}: a table of terms must be latest = [...]."
            return
        term = term["latest"]
    for sentence in as_list(term):
        yield from _sentence_findings(name, sentence, names)


def _sentence_findings(name: str, text: Any, names: _Names) -> Iterator[str]:
    try:
        sentence = read_sentence(str(text))
    except NotATerm:
        yield f"{name}: “{text}” is not a term."
        return
    base, _, part = sentence.start.partition(".")
    if part:
        if base not in names.steps:
            yield f"{name}: the step {base} does not exist."
        elif part == "consent" and "consent" not in names.steps[base]:
            yield f"{name}: the step {base} asks for no consent."
    elif base not in (START, OPENING) and base not in names.steps and base not in names.days:
        yield f"{name}: there is no step or day {base} to count from."
    if sentence.kind is Kind.ON and base not in names.days:
        yield f"{name}: {base} is not a day that is written down."


def _holds_findings(name: str, holds: Raw, names: _Names) -> Iterator[str]:
    if holds["day"] not in (START, *names.days):
        yield f"{name}.day: there is no day {holds['day']}."
    yield from _sentence_findings(f"{name}.by", holds["by"], names)


def _length_findings(name: str, text: str) -> Iterator[str]:
    try:
        read_length(text)
    except NotATerm:
        yield f"{name}: “{text}” is not a length of time."
