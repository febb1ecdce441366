"""R-002-08 to R-002-49 and R-003-18 to R-003-43, sentence by sentence: a counsellor's work."""

import pytest

from klankbord.rules.procedures.reading import load_procedure
from klankbord.rules.procedures.shape import Reveals
from tests.rules.procedures.claims import (
    Claim,
    Table,
    asks,
    by,
    chooses,
    ends,
    explains,
    goes,
    guides,
    has,
    leads,
    letter,
    marked,
    options,
    rows,
    says,
    seat,
    stands,
    tells,
    term,
    titled,
)

FILES = ("listening", "call_back", "conduct_complaint", "advice", "integrity_report_nl")
SHIPPED = {key: load_procedure(key, 1, "nl") for key in FILES}
BELGIAN = load_procedure("integrity_report_be", 1, "nl")
#: The rungs of the ladder above the first, from low to high.
RUNGS = ("talk_manager", "talk_higher", "talk_board", "file_complaint")


def consents(part: str, reveals: Reveals, *, refused: str = "choose") -> Claim:
    """The step asks first, and a refusal leads on."""
    return has(
        part,
        f"asks consent to reveal {reveals}",
        lambda procedure: (
            (consent := procedure.step(part).consent) is not None
            and consent.reveals is reveals
            and consent.refused == refused
        ),
    )


LISTENING: Table = {
    "R-002-08": [says("Je bent het eerste aanspreekpunt"), by("contact", "counsellor")],
    "R-002-09": [
        goes("choose", "listening_ear", ends="listened"),
        ends("listened", counts=True, registers=""),
        guides("listen", "Neem de tijd"),
    ],
    "R-002-10": [
        says("geen dossier, geen actie, geen gevolg"),
        guides("listen", "gevoelens ook", "Je oordeelt niet en er hangt geen gevolg aan"),
    ],
    "R-002-11": [
        guides("listen", "wat de kern is", "in een gesprek of in meer gesprekken"),
    ],
    "R-002-12": [guides("listen", "wat elke keuze kan meebrengen")],
    "R-002-13": [guides("listen", "hoe een klacht verloopt")],
    "R-002-14": [chooses("choose", "manager", "with_name", "nothing_for_now")],
    "R-002-15": [guides("file_complaint", "tot alles goed is afgewikkeld")],
    "R-002-16": [
        guides("outside_help", "bedrijfsarts, een bemiddelaar"),
        consents("outside_help", Reveals.IDENTITY),
        goes("outside_help", "arranged", needs=frozenset({"referral"})),
    ],
    "R-002-17": [goes("file_complaint", "filed", starts="conduct_complaint", leads_to=("choose",))],
    "R-002-18": [says("Ook de werkgever hoort niets"), guides("listen", "ook de werkgever niet")],
    "R-002-19": [guides("listen", "notities zonder namen")],
    "R-002-20": [guides("contact", "Vraag nooit om de zaak in een mail")],
    "R-002-21": [options("meeting", "in_person", "online", "phone")],
    "R-002-22": [tells("choose", "Jij beslist wat er gebeurt"), ends("stopped", even_if_open=True)],
    "R-002-23": [guides("contact", "niet veilig voelt op het werk")],
    "R-002-24": [
        options("source", "colleague", "manager", "outside"),
        guides("contact", "collega's of van mensen van buiten"),
    ],
    "R-002-25": [guides("contact", "iets onrechtmatigs dat ze zien")],
    "R-002-26": [options("tried", "hard", "no_result"), asks("listen", "tried")],
    "R-002-27": [
        guides("contact", "werkdruk in het algemeen of over arbeidsvoorwaarden", "leidinggevende"),
        goes("contact", "not_here", needs=frozenset({"reason", "referral"})),
    ],
    "R-002-28": [guides("listen", "hoe de persoon het ervaart", "Vraag niet naar bedoelingen")],
    "R-002-30": [guides("listen", "toenadering, vragen om gunsten", "gebaren of aanrakingen")],
    "R-002-31": [
        guides("listen", "lastigvallen, bedreigen of aanvallen, met woorden of lichamelijk")
    ],
    "R-002-32": [
        guides("listen", "kleineren, belachelijk maken, buitensluiten, isoleren of negeren"),
        guides("listen", "zonder dat je je kan verdedigen"),
    ],
    "R-002-33": [guides("listen", "geaardheid, geloof, afkomst, geslacht, leeftijd of nation")],
    "R-002-34": [options("family", "own_experience", "observed"), asks("listen", "family")],
    "R-002-35": [explains("family", "observed", "ziet gebeuren")],
    "R-002-36": [guides("listen", "de wet, het beleid of de gedragscode")],
    "R-002-37": [guides("listen", "onregelmatigheid", "de directe leidinggevende te boven gaat")],
    "R-002-38": [guides("listen", "schending", "van kopieerpapier tot fraude")],
    "R-002-39": [guides("listen", "misstand", "grote groepen of de samenleving")],
    "R-002-41": [guides("report_with_name", "jij helpt erbij")],
    "R-002-42": [guides("report_with_name", "welke regels gelden")],
    "R-002-43": [guides("report_with_name", "in vertrouwen raad geven")],
    "R-002-44": [guides("call_back", "Ben je er niet, dan belt je vervanger")],
    "R-002-45": [guides("contact", "bellen, schrijven")],
    "R-002-46": [guides("call_back", "laat geen inhoud achter")],
    "R-002-47": [term("call_back", "1 day after opening"), tells("call_back", "binnen een dag")],
    "R-002-48": [
        guides("call_back", "zo snel mogelijk af"),
        goes("call_back", "reached", records=("appointment",)),
    ],
    "R-002-49": [asks("call_back", "meeting"), guides("call_back", "zoals de persoon het wil")],
    "R-003-18": [titled("listen", "Luisteren", "begeleiden"), titled("aftercare", "Nazorg")],
    "R-003-19": [
        guides("listen", "Kan het informeel, denk dan eerst daaraan"),
        guides("informal", "Bereid het gesprek samen voor"),
    ],
    "R-003-20": [
        guides("file_complaint", "Help schrijven"),
        by("file_complaint", "reporter", "counsellor"),
    ],
    "R-003-21": [says("houdt zelf de regie"), tells("stop", "op elk moment stoppen")],
    "R-003-22": [
        says("Er gebeurt niets zonder toestemming, behalve bij acuut gevaar"),
        *(consents(rung, Reveals.IDENTITY) for rung in RUNGS),
        consents("pass_on", Reveals.CONTENT),
        consents("report_with_name", Reveals.IDENTITY),
        consents("enter_procedure", Reveals.IDENTITY),
    ],
    "R-003-23": [tells("listen", "Er gebeurt niets mee zonder jou")],
    "R-003-24": [
        marked("signal", anytime=True, registers="advice"),
        guides("signal", "gevraagd en ongevraagd", "wie het vertelde"),
    ],
    "R-003-25": [titled("listen", "meedenken"), guides("report_with_name", "Zoek samen uit")],
    "R-003-26": [
        marked("report_with_name", notifies="competent_authority"),
        guides("report_with_name", "De melder doet de melding"),
    ],
    "R-003-27": [
        letter("passed_on", "text", "no_trace"),
        marked("pass_on", notifies="competent_authority", letter="passed_on"),
        guides("pass_on", "geen woord meer"),
    ],
    "R-003-28": [guides("report_with_name", "wie het bevoegd gezag is")],
    "R-003-29": [marked("listen", number="1"), leads("listen", "", "choose")],
    "R-003-30": [marked("talk_manager", number="2", expects=("listen",))],
    "R-003-31": [marked("talk_higher", number="3", expects=("talk_manager",))],
    "R-003-32": [marked("talk_board", number="4", expects=("talk_higher",), notifies="board")],
    "R-003-33": [marked("file_complaint", number="5", expects=("talk_board",))],
    "R-003-34": [
        guides("choose", "De ladder is een gewoonte en geen plicht", "schrijf dan op waarom"),
        marked("talk_higher", form="conversation_report"),
    ],
    "R-003-35": [guides("signal", "Ook voorlichting die je geeft")],
    "R-003-36": [guides("signal", "signalen doorgeven")],
}
LISTENING_TOO: Table = {
    "R-002-01": [guides("contact", "Iemand mag binnenlopen")],
    "R-003-41": [says("je onderzoekt niet; dat doet de leiding")],
}

CALL_BACK: Table = {
    "R-002-20": [guides("call", "Antwoord niet op de inhoud")],
    "R-002-21": [guides("meet", "een plek die voor die persoon veilig is")],
    "R-002-44": [by("call", "counsellor")],
    "R-002-46": [guides("call", "niet waarover het gaat", "geen inhoud achter")],
    "R-002-47": [term("call", "1 day after opening", "on asked_day")],
    "R-002-48": [term("meet", "on appointment"), guides("meet", "Spreek zo snel mogelijk af")],
    "R-002-49": [guides("meet", "met beeld of aan de telefoon")],
}

CONDUCT: Table = {
    "R-002-05": [marked("rules", letter="rules")],
    "R-002-17": [guides("support", "loopt door tijdens de hele klacht")],
    "R-002-18": [guides("support", "de werkgever leest ze niet")],
    "R-002-24": [options("by_whom", "colleague", "manager", "outside")],
    "R-002-28": [guides("receive", "niet wat de ander bedoelde")],
    "R-002-30": [explains("nature", "sexual", "toenadering", "gunsten")],
    "R-002-31": [explains("nature", "aggression", "lastigvallen, bedreigen of aanvallen")],
    "R-002-32": [explains("nature", "bullying", "zonder dat je je kan verdedigen")],
    "R-002-33": [explains("nature", "discrimination", "anders of slechter behandeld")],
    "R-003-16": [guides("receive", "Ook een leidinggevende", "op de eigen afdeling")],
    "R-003-38": [marked("measures", form="measures")],
    "R-003-39": [guides("measures", "later opnieuw ter sprake")],
    "R-003-40": [by("measures", "employer", "competent")],
    "R-003-41": [by("investigate", "investigator"), seat("investigator", "complaints_committee")],
    "R-003-42": [guides("receive", "Vang de klager op")],
}

ADVICE: Table = {
    "R-003-24": [
        marked("give", registers="advice"),
        titled("give.no_person", "geen naam, functie of groep"),
        titled("give.no_source", "van wie je het weet"),
    ],
    "R-003-35": [guides("ask", "als je voorlichting gaf")],
    "R-003-36": [guides("give", "Zeg wat je ziet in het algemeen")],
}

INTEGRITY: Table = {
    "R-002-06": [
        tells("retaliation", "Krijg je last omdat je meldde"),
        marked("retaliation", lasting=True),
    ],
    "R-002-07": [titled("screen.size", "50")],
    "R-002-36": [options("frame", "other_law", "own_policy"), guides("screen", "welke norm")],
    "R-002-37": [explains("level", "irregularity", "te groot voor de directe leidinggevende")],
    "R-002-38": [explains("level", "violation", "de schade blijft vooral binnen")],
    "R-002-39": [explains("level", "abuse", "grote groepen", "gezondheid", "samenleving")],
    "R-002-40": [by("advise", "adviser"), marked("advise", anytime=True)],
    "R-002-41": [guides("advise", "welke bescherming is er")],
    "R-002-42": [options("frame", "eu_law", "corruption")],
    "R-003-26": [guides("advise", "De melder kan zelf melden, met jouw steun")],
    "R-003-27": [guides("advise", "zonder naam door te geven")],
    "R-003-28": [guides("examine", "boven de directe leidinggevende")],
}
DUTCH: Table = {
    "R-002-43": [guides("advise", "Het Huis voor Klokkenluiders geeft in vertrouwen raad")]
}

#: Sentences that a page or an attitude answers to, and no step of a procedure.
ELSEWHERE = {"R-002-29"}


@pytest.mark.parametrize(("name", "claim"), rows({**LISTENING, **LISTENING_TOO}))
def test_a_sentence_about_the_counsellor_stands_in_listening(name: str, claim: Claim) -> None:
    stands(SHIPPED["listening"], name, claim)


@pytest.mark.parametrize(("name", "claim"), rows(CALL_BACK))
def test_a_sentence_about_calling_back_stands_there(name: str, claim: Claim) -> None:
    stands(SHIPPED["call_back"], name, claim)


@pytest.mark.parametrize(("name", "claim"), rows(CONDUCT))
def test_a_sentence_about_conduct_at_work_stands_in_its_complaint(name: str, claim: Claim) -> None:
    stands(SHIPPED["conduct_complaint"], name, claim)


@pytest.mark.parametrize(("name", "claim"), rows(ADVICE))
def test_a_sentence_about_advice_stands_there(name: str, claim: Claim) -> None:
    stands(SHIPPED["advice"], name, claim)


@pytest.mark.parametrize(("name", "claim"), rows(INTEGRITY))
def test_a_sentence_about_integrity_stands_in_both_countries(name: str, claim: Claim) -> None:
    stands(SHIPPED["integrity_report_nl"], name, claim)
    stands(BELGIAN, name, claim)


@pytest.mark.parametrize(("name", "claim"), rows(DUTCH))
def test_a_sentence_about_the_netherlands_stands_in_the_dutch_file(name: str, claim: Claim) -> None:
    stands(SHIPPED["integrity_report_nl"], name, claim)


def test_no_sentence_about_the_counsellor_is_forgotten() -> None:
    whole = {*LISTENING, *CALL_BACK, *CONDUCT, *ADVICE, *INTEGRITY, *DUTCH, *ELSEWHERE}

    assert {f"R-002-{number:02d}" for number in range(8, 50)} <= whole
    assert {f"R-003-{number}" for number in range(18, 37)} <= whole


def test_each_rung_is_expected_after_the_one_below_it() -> None:
    """R-003-29…34: the whole ladder, from a talk to a complaint."""
    expected = [SHIPPED["listening"].step(rung).expects for rung in RUNGS]

    assert expected == [("listen",), ("talk_manager",), ("talk_higher",), ("talk_board",)]
