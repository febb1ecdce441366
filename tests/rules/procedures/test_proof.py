"""An unsound procedure is refused with a sentence that names the key."""

import re

import pytest

from klankbord.rules.library import Refused, versions
from klankbord.rules.procedures.proof import (
    Surroundings,
    proof,
    shipped_surroundings,
    text_findings,
    text_proof,
)
from klankbord.rules.procedures.reading import (
    load_procedure,
    procedure_keys,
    read_procedure,
    shipped_texts,
)

SMALL = """
key = "small"
version = 1
valid_from = 2025-01-01
title = "Klein"
start = ["listen"]

[who.counsellor]
title = "Vertrouwenspersoon"
succession = ["counsellor", "outside"]
barred = ["accused"]

[who.investigator]
title = "Onderzoeker"
succession = ["counsellor", "outside"]
not_also = ["counsellor"]

[finding.minor]
title = "Minderjarig?"
options = { yes = "Ja", no = "Nee" }

[day.again]
title = "Dag van het volgende contact"

[letter.answer]
title = "Antwoord"
parts = { why = "Waarom" }

[ending.settled]
title = "Afgerond"
never_without = ["listen"]
reopens_at = ["listen"]

[[step]]
key = "listen"
title = "Luisteren"
by = "counsellor"
asks = ["minor"]
leads_to = ["examine", "protect"]

[[step]]
key = "examine"
title = "Onderzoeken"
by = "investigator"
term = "15 working days after listen"
waits_for = ["protect"]
outcome.grounded = { title = "Bevestigd", leads_to = "close" }
outcome.again = { title = "Nog eens", records = ["again"], leads_to = "check" }

[[step]]
key = "check"
title = "Nakijken"
by = "counsellor"
term = "on again"
leads_to = "close"

[[step]]
key = "protect"
title = "Beschermen"
by = "counsellor"
when = { minor = ["yes", "unknown"] }
term = "immediately after opening"

[[step]]
key = "close"
title = "Afsluiten"
by = "counsellor"
letter = "answer"
outcome.closed = { title = "Afgesloten", ends = "settled" }
"""


def broken(old: str, new: str) -> tuple[str, ...]:
    assert SMALL.count(old) >= 1, old
    return text_findings(SMALL.replace(old, new, 1), {})


def test_a_sound_procedure_has_no_findings_and_can_be_read() -> None:
    proven = text_proof(SMALL, {})

    assert proven.findings == ()
    assert proven.remarks == ()
    assert read_procedure(SMALL, {}).step("close").by == ("counsellor",)


@pytest.mark.parametrize("key", procedure_keys())
def test_every_shipped_procedure_is_sound_in_four_languages(key: str) -> None:
    for version, _ in versions("procedures", key):
        proven = proof(key, version, around=shipped_surroundings())
        assert proven.findings == ()
        assert proven.states < 50_000


def test_every_procedure_that_another_leads_to_exists() -> None:
    shipped = {key: load_procedure(key, 1, "nl") for key in procedure_keys()}
    named = {
        other
        for procedure in shipped.values()
        for step in procedure.steps
        for outcome in step.outcomes
        for other in (outcome.starts, outcome.converts_to)
        if other
    }

    assert named <= shipped.keys()


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        # the text
        ('title = "Klein"', "", "title"),
        ('title = "Klein"', 'title = "Klein"\ncolour = "red"', "colour"),
        ('title = "Klein"', 'title = "Klein"\nsubject = "moon"', "subject"),
        ("version = 1", "version = true", "version"),
        ('start = ["listen"]', 'start = ["lost"]', "start"),
        ('start = ["listen"]', "start = []", "start"),
        (
            "[who.counsellor]",
            "[who.reporter]\ntitle = 'x'\nsuccession = ['y']\n[who.counsellor]",
            "who.reporter",
        ),
        (
            'succession = ["counsellor", "outside"]\nbarred',
            "succession = []\nbarred",
            "who.counsellor.succession",
        ),
        ('barred = ["accused"]', 'barred = ["rich"]', "who.counsellor.barred"),
        ('not_also = ["counsellor"]', 'not_also = ["king"]', "who.investigator.not_also"),
        ('options = { yes = "Ja", no = "Nee" }', 'options = ["yes"]', "finding.minor"),
        (
            "[finding.minor]",
            "[finding.close]\ntitle='x'\noptions={a='b'}\n[finding.minor]",
            "finding.close",
        ),
        ("[day.again]", "[day.listen]\ntitle = 'x'\n[day.again]", "day.listen"),
        (
            'title = "Dag van het volgende contact"',
            'title = "Dag"\nproposed = "soon"',
            "day.again.proposed",
        ),
        ('never_without = ["listen"]', 'never_without = ["lost"]', "ending.settled.never_without"),
        ('reopens_at = ["listen"]', 'reopens_at = ["lost"]', "ending.settled.reopens_at"),
        ('key = "check"', 'key = "listen"', "step listen"),
        ('key = "check"', 'key = "note"', "step note"),
        ('by = "investigator"', 'by = "king"', "examine.by"),
        ('by = "investigator"', "by = 3", "examine"),
        ('by = "investigator"', 'by = "investigator"\nwhenever = true', "whenever"),
        ('asks = ["minor"]', 'asks = ["moon"]', "listen.asks"),
        ('leads_to = ["examine", "protect"]', 'leads_to = ["examine", "lost"]', "listen.leads_to"),
        ('term = "on again"', 'term = "one day"', "check.term"),
        ('term = "on again"', 'term = "on listen"', "check.term"),
        ('term = "on again"', 'term = "3 days after lost"', "check.term"),
        ('term = "on again"', 'term = "3 days after lost.due"', "check.term"),
        ('term = "on again"', 'term = "3 days after listen.consent"', "check.term"),
        ('term = "on again"', "term = { soonest = [] }", "check.term"),
        ('waits_for = ["protect"]', 'waits_for = ["lost"]', "examine.waits_for"),
        ('waits_for = ["protect"]', 'waits_for = ["examine"]', "examine.waits_for"),
        ('when = { minor = ["yes", "unknown"] }', 'when = { minor = "maybe" }', "protect.when"),
        ('when = { minor = ["yes", "unknown"] }', 'when = { moon = "yes" }', "protect.when"),
        ('when = { minor = ["yes", "unknown"] }', "when = [3]", "protect.when"),
        ('records = ["again"]', 'records = ["never"]', "examine.outcome.again.records"),
        ('letter = "answer"', 'letter = "lost"', "close.letter"),
        ('letter = "answer"', 'notifies = "police"', "close.notifies"),
        ('letter = "answer"', 'duty = true\nnotifies = "police"', "close.reporter"),
        ('letter = "answer"', 'extension = { most = "3 days" }', "close.extension"),
        (
            'letter = "answer"',
            'consent = { question = "Mag het?", reveals = "nothing" }',
            "close.consent",
        ),
        ('letter = "answer"', 'consent = { same_as = "listen" }', "close.consent.same_as"),
        (
            'letter = "answer"',
            'consent = { question = "Mag het?", reveals = "all", refused = "nothing" }',
            "close.consent.reveals",
        ),
        (
            'letter = "answer"',
            'consent = { question = "Mag het?", reveals = "nothing", refused = "lost" }',
            "close.consent.refused",
        ),
        (
            'letter = "answer"',
            'consent = { question = "?", of = "king", reveals = "nothing", refused = "nothing" }',
            "close.consent.of",
        ),
        ('letter = "answer"', 'check = [{ key = "a" }]', "close.check.a"),
        (
            'letter = "answer"',
            'check = [{ key = "a", title = "A", holds = { day = "moon", by = "soon" } }]',
            "close.check.a.holds",
        ),
        ('ends = "settled"', 'ends = "lost"', "close.outcome.closed.ends"),
        ('ends = "settled"', 'ends = "settled", needs = ["luck"]', "close.outcome.closed.needs"),
        ('ends = "settled"', 'ends = "settled", converts_to = "x"', "close.outcome.closed"),
        ('ends = "settled"', 'ends = "settled", drops = ["lost"]', "close.outcome.closed.drops"),
        (
            '[[step]]\nkey = "listen"',
            '[without_consent]\nsecond = "king"\nleads_to = "close"\n[[step]]\nkey = "listen"',
            "without_consent.second",
        ),
        # the drawing
        ('waits_for = ["protect"]', 'waits_for = ["check"]', "examine.waits_for"),
        ('term = "on again"\nleads_to = "close"', 'leads_to = "check"', "check"),
        ('term = "on again"', "lasting = true", "check"),
        ('never_without = ["listen"]', 'never_without = ["check"]', "close"),
        ('ends = "settled"', 'converts_to = "small"', "close.outcome.closed"),
        ('asks = ["minor"]', "optional = true", "ending.settled.never_without"),
        ("start = [", 'countries = ["FR"]\nstart = [', "countries"),
        # the walk
        ('leads_to = ["examine", "protect"]', 'leads_to = ["examine"]', "protect"),
        ('term = "immediately after opening"', 'waits_for = ["examine"]', "examine, protect"),
        (
            'outcome.closed = { title = "Afgesloten", ends = "settled" }',
            'outcome.closed = { title = "Afgesloten", when = { minor = "yes" }, ends = "settled" }',
            "close.outcome",
        ),
        (
            'term = "15 working days after listen"',
            'term = "15 working days after again"',
            "examine.term",
        ),
        (
            '[[step]]\nkey = "listen"',
            "[ending.other]\ntitle = 'Anders'\n[[step]]\nkey = \"listen\"",
            "ending.other",
        ),
    ],
)
def test_a_broken_procedure_is_refused_with_its_key(old: str, new: str, key: str) -> None:
    found = broken(old, new)

    assert any(key in sentence for sentence in found), found
    assert all(sentence.endswith(".") for sentence in found)


def test_a_missing_translation_is_named() -> None:
    found = text_findings(SMALL, {"fr": "title = 'Petit'"})

    assert "step.listen.title: the translation in fr is missing." in found


def test_what_lives_elsewhere_is_looked_for() -> None:
    around = Surroundings(frozenset(), frozenset(), frozenset({"chair"}), frozenset())
    text = (
        SMALL.replace('letter = "answer"', 'form = "lost"')
        .replace('"on again"', '["on again", "next board after listen"]')
        .replace('ends = "settled"', 'ends = "settled", starts = "lost"')
    )
    found = text_findings(text, {}, around=around)

    assert "close.form: the form lost does not exist." in found
    assert "close.outcome.closed: the procedure lost does not exist." in found
    assert "check.term: the body board does not exist." in found
    assert "who.counsellor: nobody can hold any of its roles here." in found


def test_what_somebody_should_read_does_not_refuse() -> None:
    text = SMALL.replace('reopens_at = ["listen"]', "").replace(
        'succession = ["counsellor", "outside"]\nbarred', 'succession = ["counsellor"]\nbarred'
    )
    proven = text_proof(text, {})

    assert proven.findings == ()
    assert any("ending.settled" in sentence for sentence in proven.remarks)
    assert any("who.counsellor" in sentence and "K9" in sentence for sentence in proven.remarks)


def test_a_round_without_a_new_start_is_remarked() -> None:
    text = SMALL.replace(
        'outcome.grounded = { title = "Bevestigd", leads_to = "close" }',
        'outcome.grounded = { title = "Bevestigd", leads_to = "close" }\n'
        'outcome.more = { title = "Meer", leads_to = "examine" }',
    )

    assert any("examine.term" in sentence for sentence in text_proof(text, {}).remarks)


def test_too_many_circumstances_stop_the_walk_with_their_names() -> None:
    facts = "".join(
        f"[finding.f{n}]\ntitle = 'F'\noptions = {{ a = 'A', b = 'B' }}\n" for n in range(11)
    )
    alternatives = ", ".join(f"{{ f{n} = ['{word}'] }}" for n in range(11) for word in ("a", "b"))
    text = SMALL.replace("[day.again]", f"{facts}[day.again]").replace(
        'when = { minor = ["yes", "unknown"] }', f"when = [{alternatives}]"
    )
    found = text_findings(text, {})

    assert len(found) == 1
    assert "too many circumstances" in found[0]
    assert "f0" in found[0]


def test_a_file_that_is_missing_in_a_language_is_named() -> None:
    assert (
        "the file of complaint 1 in xx does not exist." in proof("complaint", 1, ("xx",)).findings
    )


def test_what_is_no_toml_and_an_unsound_copy_are_refused() -> None:
    assert text_findings("key = ", {})[0].startswith("This is not a TOML file")
    with pytest.raises(Refused) as refused:
        read_procedure(SMALL.replace('start = ["listen"]', 'start = ["lost"]'), {})
    assert refused.value.findings == ("start: the step lost does not exist.",)


# One broken example for each rule of the proof, and the sentence that says so

COUNSELLOR = 'succession = ["counsellor", "outside"]\nbarred'
CLOSE = 'outcome.closed = { title = "Afgesloten", ends = "settled" }'
GROUNDED = 'outcome.grounded = { title = "Bevestigd", leads_to = "close" }'
EXAMINED = 'term = "15 working days after listen"'
CHECKED = 'term = "on again"\nleads_to = "close"'
ROUND = (
    'leads_to = "later"\n[[step]]\nkey = "later"\ntitle = "Later"\nby = "counsellor"\n'
    'leads_to = "check"'
)
RULES = {
    "an unknown key": (
        'key = "check"',
        'key = "check"\nspeed = 3',
        "check: the key speed is unknown.",
    ),
    "a malformed term": (EXAMINED, 'term = "soon"', "examine.term: “soon” is not a term."),
    "an unknown step": ('leads_to = "close" }', 'leads_to = "x" }', "the step x does not exist."),
    "an unknown ending": ('ends = "settled"', 'ends = "x"', "the ending x does not exist."),
    "an unknown seat": (
        'by = "investigator"',
        'by = "x"',
        "examine.by: the seat x does not exist.",
    ),
    "an unknown finding": ('asks = ["minor"]', 'asks = ["x"]', "the finding x does not exist."),
    "a word that cannot occur": ('["yes", "unknown"]', '["maybe"]', "protect.when: "),
    "a day and a step of one name": (
        "[day.again]",
        "[day.check]\ntitle = 'X'\n[day.again]",
        "day.check: a step or a start has this name too.",
    ),
    "a choice without a title": (
        'outcome.grounded = { title = "Bevestigd", ',
        "outcome.grounded = { ",
        "examine.outcome.grounded: the key title is missing.",
    ),
    "a consent without a refusal": (
        'letter = "answer"',
        'consent = { question = "Mag het?", reveals = "nothing" }',
        "close.consent: ",
    ),
    "no way from a step to an ending": (CHECKED, ROUND, "check: a case can get stuck here"),
    "a step that only leads to itself": (
        CHECKED,
        'leads_to = "check"',
        "check: it only leads to itself.",
    ),
    "waiting for what comes after": (
        'waits_for = ["protect"]',
        'waits_for = ["check"]',
        "examine.waits_for: check can only come after it.",
    ),
    "a step that is never reached": (
        '["examine", "protect"]',
        '["examine"]',
        "protect: this step is never reached.",
    ),
    "an ending that is never reached": (
        "[ending.settled]",
        "[ending.other]\ntitle = 'X'\nreopens_at = ['listen']\n[ending.settled]",
        "ending.other: this ending is never reached.",
    ),
    "two that wait for each other": (
        'term = "immediately after opening"',
        'waits_for = ["examine"]',
        "examine, protect: a case can get stuck here",
    ),
    "an ending that its own condition makes impossible": (
        'never_without = ["listen"]',
        'never_without = ["check"]',
        "close: a case can get stuck here",
    ),
    "a step that can end in no way": (
        CLOSE,
        CLOSE.replace("ends", 'when = { minor = "yes" }, ends'),
        "close.outcome: none of its outcomes is possible",
    ),
    "a term of which nothing may be known": (
        EXAMINED,
        'term = "15 working days after again"',
        "examine.term: nothing that it counts from may be known yet",
    ),
    "something leaves the room": ('letter = "answer"', 'notifies = "board"', "close.notifies: "),
}
REMARKS = {
    "a seat that one barred person empties": (
        COUNSELLOR,
        'succession = ["counsellor"]\nbarred',
        "who.counsellor: one person who may not act leaves it empty (K9).",
    ),
    "an outcome that is never possible": (
        CLOSE,
        CLOSE + '\noutcome.x = { title = "X", when = { listen = "unknown" }, ends = "settled" }',
        "close.outcome.x: this outcome is never possible.",
    ),
    "an ending that cannot be reopened": (
        'reopens_at = ["listen"]',
        "",
        "ending.settled: a case that ends so cannot be reopened.",
    ),
    "a later round without a start": (
        GROUNDED,
        GROUNDED + '\noutcome.more = { title = "Meer", leads_to = "examine" }',
        "examine.term: when it comes again it has no new start; add “after opening”.",
    ),
}


@pytest.mark.parametrize("rule", RULES)
def test_each_rule_of_the_proof_refuses_its_broken_example(rule: str) -> None:
    old, new, sentence = RULES[rule]
    found = broken(old, new)

    assert any(sentence in one for one in found), found


@pytest.mark.parametrize("rule", REMARKS)
def test_each_remark_of_the_proof_is_made_and_does_not_refuse(rule: str) -> None:
    old, new, sentence = REMARKS[rule]
    proven = text_proof(SMALL.replace(old, new, 1), {})

    assert proven.findings == ()
    assert sentence in proven.remarks


@pytest.mark.parametrize("key", procedure_keys())
def test_no_shipped_file_can_lead_nowhere(key: str) -> None:
    """Every first way that a file leads on, broken: refused with the name of what is not there."""
    main, others = shipped_texts(key, 1)
    lost = re.sub(r'leads_to = (\[?)"\w+"', r'leads_to = \1"lost"', main, count=1)

    assert lost != main
    assert any("the step lost does not exist." in one for one in text_findings(lost, others))


def test_a_text_that_was_left_empty_is_a_finding_and_no_accident() -> None:
    """An organisation that empties a title of its copy reads which one."""
    text = SMALL.replace("title = ", 'title = "" # ', 1)
    assert any("the text is empty" in it for it in text_findings(text, {}))
