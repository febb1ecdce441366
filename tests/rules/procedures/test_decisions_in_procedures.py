"""What was decided with the field, and how contradictions are settled: where each one stands."""

import pytest

from klankbord.rules.procedures.reading import load_procedure
from klankbord.rules.procedures.shape import CONCERNED
from tests.rules.procedures.claims import (
    Claim,
    Table,
    asks,
    chooses,
    goes,
    guides,
    has,
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
    waits,
)

TRANSGRESSIVE = load_procedure("transgressive", 2, "nl")
COMPLAINT = load_procedure("complaint", 1, "nl")
LISTENING = load_procedure("listening", 1, "nl")
YOUTH = load_procedure("youth_contact", 1, "nl")
DANGER = load_procedure("danger_to_integrity", 1, "nl")


def asks_the_person(step: str) -> Claim:
    """The consent is of the person it happened to."""
    return has(
        step,
        "the consent is theirs",
        lambda p: (consent := p.step(step).consent) is not None and consent.of == CONCERNED,
    )


IN_TRANSGRESSIVE: Table = {
    "P1": [
        guides("report", "Beloof geen volledige geheimhouding"),
        guides("stop", "Zeg eerlijk welke stappen toch moeten"),
        tells("stop", "We zeggen je welke, en waarom"),
    ],
    "P2": [
        guides("own_place", "een eigen code en een eigen plaats"),
        guides("own_place", "De melder beslist alleen over wat de melder bekend maakt"),
        asks_the_person("pass_wishes"),
    ],
    "P4": [guides("report", "Alle meldingen komen langs één weg binnen")],
    "P14": [
        options("age", "child", "young", "adult"),
        asks("report", "age", "adult_to_minor"),
        has(
            "safety_advice",
            "not for every quarrel between children",
            lambda p: not any("age" in dict(way) for way in p.step("safety_advice").when),
        ),
    ],
    "P15": [guides("measures", "Was het groen, zeg dan wat goed was en waarom")],
    "P16": [
        guides("aftercare", "Nazorg begint op de eerste dag"),
        guides("aftercare", "Vergeet niet wie het zag gebeuren"),
        term("aftercare", "7 days after facts", "2 working days after report"),
    ],
    "P17": [
        guides("police", "Wie erbij is, mag dat altijd zelf doen"),
        guides("talk_together", "Alleen als de persoon die het meemaakte dat zelf wil"),
        guides("talk_together", "na het advies om nu niet te praten"),
        waits("discuss_measures", "safety_advice", "safety_later"),
        guides("discuss_measures", "hoor hoe die persoon het ziet"),
        guides("employer_measures", "neemt de werkgever de maatregelen"),
    ],
    "P19": [goes("report", "against_staff", needs=frozenset({"reason", "referral"}))],
    "P21": [guides("aftercare", "Dring niets op"), chooses("aftercare", "not_wanted")],
    "P23": [guides("tell_reporter", "wie mee besliste")],
    "P24": [has("police", "nothing to tick", lambda p: not any(s.check for s in p.steps))],
    "P25": [
        asks("assess", "earlier_facts"),
        guides("assess", "eerder iets gemeld is in wat jij mag lezen"),
    ],
    "P26": [
        letter("invitation", "why", "support", "report", "rights"),
        letter("accused_information", "measures", "answer", "support"),
        guides("talk_accused", "mag iemand meebrengen"),
        guides("talk_accused", "Maak een eigen verslag voor deze kant"),
        guides("accused_checks", "Laat het verslag nalezen", "Niets wordt gewist"),
        titled("accused_aftercare", "opvangen"),
        guides("safety_later", "De andere kant moet gehoord worden zodra het veilig is"),
    ],
    "P31": [
        guides("authority_notice", "Sinds oktober 2022", "wie het deed"),
        letter("authority_form", "organisation", "facts", "measures"),
    ],
    "K1": [
        guides("investigate", "Wie naar de persoon luisterde, onderzoekt niet"),
        has(
            "who.investigator", "apart", lambda p: "counsellor" in p.seats["investigator"].not_also
        ),
    ],
    "K3": [
        guides("register", "in een kleine groep iemand herkenbaar maakt"),
        guides("sector_notice", "geen nummer van een verslag van de politie"),
        guides("register_check", "of niemand te herkennen is"),
    ],
    "K11": [marked("authority_notice", directory="authority")],
    "K12": [guides("authority_notice", "ernstig schaadt", "Het maakt niet uit wie het deed")],
    "K14": [
        waits("talk_accused", "safety_advice"),
        guides("safety_advice", "Vraag eerst advies, zonder namen"),
        guides("safety_advice", "Tot dan spreek je de mogelijke veroorzaker niet aan"),
        guides("protect", "wacht dan niet op de gesprekken", "geen oordeel"),
    ],
    "K15": [says("mogelijke veroorzaker")],
    "K19": [term("tell_reporter", "immediately after opening")],
    "K26": [says("Wie het aan een vertrouwenspersoon vertelt, beslist zelf")],
}

IN_COMPLAINTS: Table = {
    "P3": [goes("receive", "conduct_at_work", converts_to="conduct_complaint")],
    "P18": [
        guides("hand_over", "Wie door de betrokken directeur is aangeduid, telt"),
        guides("filing_by_chair", "niemand mee die onder de betrokken persoon werkt"),
        has("who.quality", "barred too", lambda p: "accused" in p.seats["quality"].barred),
    ],
    "P20": [
        guides("part1", "De naam van een medewerker is nooit verplicht"),
        titled("admissibility.known_user", "De naam van een medewerker hoeft niet"),
    ],
    "P27": [
        options("signing", "paper", "screen", "code"),
        guides("sign", "De dag van ondertekening telt, ook als je ze later invoert"),
        guides("part1", "op het scherm of aan de balie"),
        guides("give_copy", "meteen een kopie van deel 1"),
    ],
    "K4": [
        guides("receive", "Weiger niet, maar toon een weg waar dat wel kan"),
        goes("receive", "stays_unknown", needs=frozenset({"referral"})),
    ],
    "K5": [titled("withdraw", "intrekken")],
    "K6": [
        guides("receive", "Vraag niet waarom de persoon er nu pas mee komt"),
        guides("admissibility", "Kijk eerst of het toch over grensoverschrijdend gedrag gaat"),
    ],
    "K7": [guides("admissibility", "Wat het systeem voorstelt is een hulp; jij beslist")],
    "K8": [term("admissibility", "15 working days after signed")],
    "K9": [seat("responsible", "chair", "vice_chair", "outside_handler")],
    "K21": [options("signing", "paper", "screen", "code")],
    "K23": [letter("inadmissible", "other_ways")],
}

IN_LISTENING: Table = {
    "P2": [asks_the_person("enter_procedure")],
    "P4": [guides("choose", "Niets doen is ook een keuze")],
    "P21": [
        chooses("choose", "listening_ear", "nothing_for_now", "informal", "with_name"),
        chooses("choose", "outside_help"),
        chooses("contact", "call_back"),
        guides("aftercare", "Nazorg is een aanbod"),
        guides("later", "Er hoeft nu niets"),
    ],
    "P23": [guides("call_help", "een andere provincie, van het bureau of van de sector")],
    "K19": [
        term("tell_reporter", "immediately after opening"),
        marked("tell_reporter", lasting=True),
    ],
    "K20": [guides("call_back", "belt je vervanger")],
    "K26": [guides("enter_procedure", "Lees eerst samen welke stappen")],
}

IN_YOUTH: Table = {
    "P6": [
        marked("crisis", letter="crisis_plan"),
        marked("register", form="youth_registration"),
    ],
    "P7": [guides("danger", "Gevaar wacht niet op een mail of een formulier. Bel.")],
    "P16": [marked("aftercare", number="9")],
    "P23": [
        guides("estimate", "bel dan iemand van een andere provincie, en zeg dat aan de melder")
    ],
    "P25": [options("earlier", "yes", "no")],
    "R-003-43": [asks_the_person("picture")],
    "K18": [term("aftercare", "7 days after facts", "2 working days after start")],
    "K22": [goes("stop", "stops", needs=frozenset({"reason"}))],
}

IN_DANGER: Table = {
    "P5": [
        guides("advice", "zonder namen"),
        guides("decide", "Wie kan nu echt beschermen of helpen"),
        guides("talk", "nooit met beiden samen"),
        goes("refer", "referred", needs=frozenset({"reason", "referral"})),
    ],
    "P19": [guides("close", "Een verhaal over thuis sluit je nooit zomaar")],
    "K10": [guides("own_scheme", "Vraag het aan je organisatie")],
}


@pytest.mark.parametrize(("name", "claim"), rows(IN_TRANSGRESSIVE))
def test_a_decision_stands_in_transgressive_behaviour(name: str, claim: Claim) -> None:
    stands(TRANSGRESSIVE, name, claim)


@pytest.mark.parametrize(("name", "claim"), rows(IN_COMPLAINTS))
def test_a_decision_stands_in_complaints(name: str, claim: Claim) -> None:
    stands(COMPLAINT, name, claim)


@pytest.mark.parametrize(("name", "claim"), rows(IN_LISTENING))
def test_a_decision_stands_in_listening(name: str, claim: Claim) -> None:
    stands(LISTENING, name, claim)


@pytest.mark.parametrize(("name", "claim"), rows(IN_YOUTH))
def test_a_decision_stands_in_the_course_of_a_youth_movement(name: str, claim: Claim) -> None:
    stands(YOUTH, name, claim)


@pytest.mark.parametrize(("name", "claim"), rows(IN_DANGER))
def test_a_decision_stands_in_danger_to_integrity(name: str, claim: Claim) -> None:
    stands(DANGER, name, claim)
