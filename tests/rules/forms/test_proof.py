"""A form that is not sound is refused with a sentence that names what is wrong."""

import pytest

from klankbord.rules.forms.proof import text_findings
from klankbord.rules.forms.reading import read_form
from klankbord.rules.library import Refused

SOUND = """
key = "small"
version = 1
valid_from = 2025-01-01
asks = "reporter"

[words]
yes = "Ja"
no = "Nee"
unknown = "Weet ik niet"
rather_not = "Zeg ik liever niet"
future_date = "Kijk het jaar na."
too_long = "Te lang."
missing = "Niet ingevuld"
months = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"]

[[step]]
key = "one"
title = "Een"

[[step]]
key = "two"
title = "Twee"

[[section]]
key = "about"
title = "Wie?"
step = "one"

[[section.field]]
key = "concerned"
kind = "choice"
label = "Wie maakte het mee?"
options = { self = "Ik", somebody = { text = "Iemand anders", example = "Je zag het" } }
register = "as_is"

[[section]]
key = "story"
title = "Wat?"
intro = "Vertel."
step = "two"

[[section.field]]
key = "happened"
kind = "long"
label = "Wat gebeurde er?"
when = { concerned = ["self"] }
"""
FRENCH = """
[words]
yes = "Oui"
no = "Non"
unknown = "Je ne sais pas"
rather_not = "Je ne dis pas"
future_date = "Vérifie."
too_long = "Trop long."
missing = "Vide"
months = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"]
[step.one]
title = "Un"
[step.two]
title = "Deux"
[section.about]
title = "Qui ?"
[section.about.field.concerned]
label = "Qui l'a vécu ?"
options.self = "Moi"
options.somebody.text = "Quelqu'un d'autre"
options.somebody.example = "Tu l'as vu"
[section.story]
title = "Quoi ?"
intro = "Raconte."
[section.story.field.happened]
label = "Que s'est-il passé ?"
"""

BROKEN = [
    ('kind = "long"', 'kind = "novel"', "happened", "novel"),
    ('kind = "long"', 'kind = "long"\ncolour = "red"', "happened", "colour"),
    ('intro = "Vertel."', 'hint = "Vertel."', "story", "hint"),
    ("[[step]]\nkey", "[[step]]\nicon = 1\nkey", "step one", "icon"),
    ("version = 1", 'version = 1\nauthor = "x"', "form", "author"),
    ('example = "Je zag het"', 'exampel = "Je zag het"', "somebody", "exampel"),
    ('when = { concerned = ["self"] }', 'when = { later = ["x"] }', "happened", "later"),
    ('when = { concerned = ["self"] }', 'when = { happened = ["x"] }', "happened", "earlier"),
    ('when = { concerned = ["self"] }', 'when = { concerned = ["dog"] }', "happened", "dog"),
    ('when = { concerned = ["self"] }', 'when = { concerned = "self" }', "happened", "list"),
    ('kind = "long"', 'kind = "long"\nregister = "as_is"', "happened", "free text"),
    ('kind = "long"', 'kind = "long"\nregister = "month"', "happened", "free text"),
    ('register = "as_is"', 'register = "all"', "concerned", "all"),
    ('register = "as_is"', 'register = "month"', "concerned", "month"),
    ('key = "happened"', 'key = "concerned"', "concerned", "two of them"),
    ('key = "story"', 'key = "about"', "about", "two of them"),
    ('kind = "long"', 'kind = "long"\nrequired = true', "happened", "required"),
    ('kind = "long"', 'kind = "long"\ncompartment = "drawer"', "happened", "drawer"),
    ('kind = "long"', 'kind = "long"\noptions = { a = "A" }', "happened", "options"),
    ('step = "two"', 'step = "three"', "story", "three"),
    ('title = "Wie?"\nstep = "one"', 'title = "Wie?"\nstep = "two"', "", ""),
    ('label = "Wat gebeurde er?"', "label = 3", "happened.label", "text"),
    ('label = "Wat gebeurde er?"', 'label = ""', "happened", "empty"),
    ('self = "Ik"', "self = 1", "self", "text is missing"),
    ('self = "Ik"', 'unanswered = "Ik"', "unanswered", "condition"),
    ('yes = "Ja"\n', "", "words.yes", "missing"),
    ('"11", "12"]', '"11"]', "words.months", "twelve"),
    ("valid_from = 2025-01-01", 'valid_from = "soon"', "valid_from", "kind"),
    ("version = 1", 'version = "one"', "version", "kind"),
    ('key = "about"\n', "", "section", "no key"),
]


def test_a_sound_form_is_read() -> None:
    assert text_findings(SOUND, {"fr": FRENCH}) == ()
    form = read_form(SOUND, {"fr": FRENCH}, "fr")
    assert form.field("concerned").options[1].example == "Tu l'as vu"
    assert [option.word for option in form.field("concerned").options] == [
        "self",
        "somebody",
        "unknown",
        "rather_not",
    ]


@pytest.mark.parametrize(("old", "new", "names", "says"), BROKEN)
def test_a_broken_form_is_refused_by_name(old: str, new: str, names: str, says: str) -> None:
    broken = SOUND.replace(old, new, 1)
    assert broken != SOUND
    found = text_findings(broken, {})
    if not names:
        # Both sections in one step: unusual, but the order holds.
        assert found == ()
        return
    assert any(names in finding and says in finding for finding in found), found
    with pytest.raises(Refused) as refused:
        read_form(broken, {}, "nl")
    assert refused.value.findings == found


def test_sections_follow_the_order_of_the_steps() -> None:
    swapped = SOUND.replace('step = "one"', 'step = "x"').replace('step = "two"', 'step = "one"')
    swapped = swapped.replace('step = "x"', 'step = "two"')
    assert any("order of the steps" in finding for finding in text_findings(swapped, {}))


@pytest.mark.parametrize(
    ("old", "new", "names", "says"),
    [
        ('options.self = "Moi"\n', "", "concerned.options.self", "missing"),
        ('intro = "Raconte."', 'intro = " "', "section.story.intro", "empty"),
        ('title = "Un"', 'title = "Un"\nhelp = "?"', "step.one.help", "main file"),
        ('title = "Un"', 'title = ["Un"]', "step.one.title", "another kind"),
        ('"11", "12"]', '"11"]', "words.months", "number of lines"),
        ('label = "Que s\'est-il passé ?"\n', "", "happened.label", "missing"),
    ],
)
def test_a_missing_translation_is_refused_by_name(
    old: str, new: str, names: str, says: str
) -> None:
    broken = FRENCH.replace(old, new, 1)
    assert broken != FRENCH
    found = text_findings(SOUND, {"fr": broken})
    assert len(found) == 1
    assert names in found[0]
    assert says in found[0]
    with pytest.raises(Refused):
        read_form(SOUND, {"fr": broken}, "fr")


def test_a_file_that_is_no_toml_is_refused() -> None:
    assert "TOML" in text_findings("key = ", {})[0]
    with pytest.raises(Refused):
        read_form("key = ", {}, "nl")


@pytest.mark.parametrize(
    "text", ["", "step = 1", "section = [1]", "[words]\n", "[[section]]\nkey='a'\nfield=3\n"]
)
def test_no_file_however_odd_stops_the_reader_itself(text: str) -> None:
    assert text_findings(text, {})


PAGE_WORDS = 'needed = "Vul dit in."\nno_day = "Geen dag."\nnot_asked = "Hoort er niet bij."\n'


def of_a_member(text: str) -> str:
    text = text.replace('asks = "reporter"', 'asks = "member"')
    return text.replace("[words]\n", f"[words]\n{PAGE_WORDS}")


def test_a_members_form_may_require_an_answer() -> None:
    text = of_a_member(SOUND)
    text = text.replace('kind = "long"', 'kind = "long"\nrequired = true')
    assert text_findings(text, {}) == ()
    assert read_form(text, {}, "nl").field("happened").required


def test_a_form_for_members_does_not_offer_i_do_not_know_by_itself() -> None:
    text = of_a_member(SOUND)
    words = [o.word for o in read_form(text, {}, "nl").field("concerned").options]
    assert words == ["self", "somebody"]


def test_who_reads_may_be_required_of_a_reporter() -> None:
    text = SOUND.replace('kind = "long"', 'kind = "members"\nrequired = true')
    assert text_findings(text, {}) == ()


def test_whether_a_text_was_filled_in_may_enter_the_register() -> None:
    text = SOUND.replace('kind = "long"', 'kind = "long"\nregister = "yes_no"')
    assert text_findings(text, {}) == ()


def test_a_condition_may_be_any_of_several() -> None:
    two = 'when = [ { concerned = ["self"] }, { concerned = ["somebody"] } ]'
    form = read_form(SOUND.replace('when = { concerned = ["self"] }', two), {}, "nl")
    assert form.field("happened").when == (
        (("concerned", ("self",)),),
        (("concerned", ("somebody",)),),
    )


def test_a_members_form_says_how_to_mend_what_is_missing() -> None:
    text = SOUND.replace('asks = "reporter"', 'asks = "member"')
    assert [sentence.split(":")[0] for sentence in text_findings(text, {})] == [
        *("words.needed", "words.no_day", "words.not_asked"),
    ]


ROWS = """
[[section.field]]
key = "times"
kind = "rows"
label = "Dagen"
most = 4

[[section.field.field]]
key = "on"
kind = "date_fuzzy"
label = "Dag"

[[section.field.field]]
key = "done_by"
kind = "choice"
label = "Wie?"
options = { us = "Wij" }
"""
BROKEN_ROWS = [
    ("most = 4\n", "", "times.most", "how many"),
    ("most = 4", "most = 1", "times.most", "from 2"),
    ("most = 4", 'most = "four"', "times.most", "how many"),
    ('kind = "rows"', 'kind = "long"', "times", "only a field of the kind rows"),
    ('kind = "date_fuzzy"', 'kind = "rows"', "times.on", "cannot stand in a row"),
    ('kind = "date_fuzzy"', 'kind = "file"', "times.on", "cannot stand in a row"),
    ('kind = "date_fuzzy"', 'kind = "moon"', "on", "moon"),
    ('label = "Dag"', 'label = "Dag"\nfinding = "x"', "times.on", "no finding"),
    ('label = "Dag"', 'label = "Dag"\nwhen = { concerned = ["self"] }', "times.on", "no when"),
    ('label = "Dag"', 'label = "Dag"\ncompartment = "identity"', "times.on", "no compartment"),
    ('label = "Dag"', 'label = "Dag"\ncomes_from = "a.b"', "times.on", "no comes_from"),
    ('key = "done_by"', 'key = "on"', "on", "two of them"),
    ('key = "done_by"\n', "", "times.field", "no key"),
    ('label = "Wie?"\n', "", "done_by.label", "missing"),
    ('options = { us = "Wij" }', "", "done_by.options", "no options"),
    ('options = { us = "Wij" }', 'options = { us = "" }', "us", "empty"),
    ('label = "Dagen"', 'label = "Dagen"\nregister = "as_is"', "times", "as_is"),
    ('label = "Dagen"', 'label = "Dagen"\ncomes_from = "report"', "times.comes_from", "a form"),
    ('label = "Dagen"', 'label = "Dagen"\nahead = true', "times.ahead", "day"),
    ('key = "times"', 'key = "ti.mes"', "ti.mes", "dot"),
    ('key = "times"', 'key = "form"', "form", "page's own"),
    ('key = "times"', 'key = "more"', "more", "page's own"),
]


def test_rows_are_sound() -> None:
    assert text_findings(SOUND + ROWS, {}) == ()


@pytest.mark.parametrize(("old", "new", "names", "says"), BROKEN_ROWS)
def test_broken_rows_are_refused_by_name(old: str, new: str, names: str, says: str) -> None:
    broken = SOUND + ROWS.replace(old, new, 1)
    assert broken != SOUND + ROWS
    found = text_findings(broken, {})
    assert any(names in sentence and says in sentence for sentence in found), found


def test_a_condition_does_not_hang_on_rows() -> None:
    hanging = """
[[section.field]]
key = "later"
kind = "long"
label = "Later"
when = { times = ["x"] }
"""
    assert text_findings(SOUND + ROWS + hanging, {}) == (
        "later: its when asks for times, which is a list of rows.",
    )


def test_a_block_may_only_say_something_but_not_nothing() -> None:
    block = '\n[[section]]\nkey = "end"\ntitle = "Einde"\nstep = "two"\n'
    assert any("end.field" in sentence for sentence in text_findings(SOUND + block, {}))
    assert text_findings(f'{SOUND}{block}paragraphs = ["Zo gaat het verder."]\n', {}) == ()
