"""R-004-114 to R-004-218, sentence by sentence: where each one stands in the complaints."""

from datetime import date

import pytest

from klankbord.rules.procedures.reading import load_procedure
from klankbord.rules.procedures.shape import REPORTER
from klankbord.rules.procedures.simulation import simulate
from tests.rules.procedures.claims import (
    Claim,
    Table,
    asks,
    by,
    chooses,
    ends,
    goes,
    guides,
    has,
    leads,
    letter,
    marked,
    never_without,
    options,
    rows,
    says,
    seat,
    stands,
    tells,
    term,
    titled,
    waits,
    when,
)
from tests.rules.procedures.telling import BE

COMPLAINT = load_procedure("complaint", 1, "nl")
REMARK = load_procedure("informal_remark", 1, "nl")
YEARLY = load_procedure("yearly_complaints", 1, "nl")
REASON = frozenset({"reason"})
DELEGATE_OR_DIRECTOR = {"seat_responsible": "director"}

COMPLAINTS: Table = {
    "R-004-114": [goes("receive", "service", leads_to=("direct_attempt",), ends="")],
    "R-004-115": [says("relatie met de gebruiker te herstellen")],
    "R-004-116": [guides("receive", "Elke beroepskracht mag een klacht ontvangen")],
    "R-004-117": [says("eenvoudig, open en doortastend")],
    "R-004-118": [
        says("Nodig mensen uit om te zeggen wat niet goed is", "zoek samen naar een oplossing"),
        guides("direct_solution", "wat het probleem kan oplossen"),
    ],
    "R-004-120": [says("Iedereen kan een klacht indienen")],
    "R-004-121": [
        goes("receive", "informal", ends="informal"),
        ends("informal", counts=True, registers=""),
        guides("receive", "suggestie, signaal of opmerking", "registreren ze niet"),
    ],
    "R-004-122": [guides("direct_attempt", "met de mensen om wie het gaat")],
    "R-004-123": [
        guides("direct_attempt", "De klager beslist of een oplossing genoeg is"),
        ends("solved_directly", counts=True),
        chooses("direct_attempt", "official"),
    ],
    "R-004-124": [
        guides("receive", "grensoverschrijdend gedrag, dan stopt deze procedure"),
        guides("turns_out", "dan eindigt de klacht"),
    ],
    "R-004-125": [says("uitleg. Alleen de wet zelf geldt")],
    "R-004-126": [says("elke uiting van ongenoegen over wat wij doen")],
    "R-004-127": [says("op papier staat en ondertekend")],
    "R-004-128": [
        says("met wat er gebeurde, wanneer en waar"),
        guides("part1", "wat, wanneer, waar"),
    ],
    "R-004-129": [says("een persoon, een groep of een organisatie")],
    "R-004-130": [says("Een groep mag voor iemand spreken, maar wij moeten weten voor wie")],
    "R-004-131": [
        has("admissibility", "eight conditions", lambda p: len(p.step("admissibility").check) == 8),
        guides("admissibility", "een voor een, elk met ja of nee en een woord uitleg"),
    ],
    "R-004-132": [
        titled("admissibility.own_service", "eigen dienstverlening", "geen ruzie", "partner"),
    ],
    "R-004-133": [titled("admissibility.demonstrable", "aangetoond")],
    "R-004-134": [titled("admissibility.precise", "precies", "dienst of prestatie")],
    "R-004-135": [titled("admissibility.first_time", "niet eerder door dezelfde persoon")],
    "R-004-136": [titled("admissibility.written", "datum en handtekening")],
    "R-004-137": [
        guides("part1", "schrijf jij ze op en lees je ze samen na"),
        guides("sign", "Lees deel 1 samen na"),
    ],
    "R-004-138": [
        titled("admissibility.known_user", "gebruiker is bekend", "medewerker hoeft niet"),
    ],
    "R-004-139": [
        titled("admissibility.in_time", "binnen 1 maand na de feiten"),
        has(
            "admissibility.in_time",
            "proposed from the day it was told",
            lambda p: p.step("admissibility").check[6].holds_day == "start",
        ),
    ],
    "R-004-140": [titled("admissibility.no_court", "niet bij een rechtbank")],
    "R-004-141": [
        guides("hand_over", "directeur is verantwoordelijk", "helemaal of voor een deel"),
        seat("responsible", "complaint_delegate", "director"),
    ],
    "R-004-142": [
        says("de naam en de contactgegevens van de verantwoordelijke"),
        letter("admissible", "contact"),
        letter("inadmissible", "contact"),
        letter("answer_founded", "contact"),
        letter("answer_unfounded", "contact"),
        marked("give_copy", letter="copy_part1"),
    ],
    "R-004-143": [letter("information", "how", "support", "conditions", "timing", "course")],
    "R-004-144": [
        marked("give_information", anytime=True, letter="information"),
        guides("give_information", "persoonlijk", "met de post of met de mail"),
    ],
    "R-004-145": [says("gewone, heldere taal")],
    "R-004-146": [
        guides("solution", "Bij een gegronde klacht zijn maatregelen verplicht"),
        never_without("closed_founded", "solution"),
    ],
    "R-004-147": [
        options("channel", "oral", "written", "phone"),
        guides("receive", "op elk moment"),
    ],
    "R-004-148": [guides("receive", "door iemand laten bijstaan"), tells("receive", "meebrengen")],
    "R-004-149": [by("receive", "receiver"), seat("receiver", "staff", "responsible")],
    "R-004-150": [
        goes("receive", "transgressive", converts_to="transgressive"),
        goes("turns_out", "transgressive", converts_to="transgressive"),
    ],
    "R-004-151": [guides("direct_attempt", "Vraag of, en hoe ver")],
    "R-004-152": [
        guides("direct_attempt", "Moedig dat aan, en ga mee"),
        chooses("direct_attempt", "accompany", "tries"),
    ],
    "R-004-153": [leads("direct_solution", "not_enough", "part1")],
    "R-004-154": [by("part1", "reporter", "receiver"), tells("part1", "Wij helpen je")],
    "R-004-155": [
        guides("receive", "Liefst gaat ze naar de directeur"),
        seat("responsible", "director", "chair"),
    ],
    "R-004-156": [
        guides("receive", "over de directeur of is die afwezig, dan gaat ze naar de voorzitter"),
        seat("responsible", "director", "chair", "vice_chair"),
    ],
    "R-004-157": [letter("information", "where", "contact")],
    "R-004-158": [guides("part1", "Zorg dat alles juist is ingevuld")],
    "R-004-159": [
        guides("sign", "alleen als die het eens is"),
        goes("sign", "signed", records=("signed",)),
        leads("sign", "not_right", "part1"),
    ],
    "R-004-160": [
        term("give_copy", "immediately after signed"),
        letter("copy_part1", "copy"),
        tells("give_copy", "kopie van wat je ondertekende"),
    ],
    "R-004-161": [term("hand_over", "5 working days after signed"), by("hand_over", "receiver")],
    "R-004-162": [
        guides("hand_over", "de voorzitter doet alle volgende stappen"),
        when("filing_by_chair", seat_responsible="chair"),
        by("filing_by_chair", "responsible"),
    ],
    "R-004-163": [
        guides("hand_over", "over de verantwoordelijke, dan neemt de directeur over"),
        has(
            "who.responsible",
            "barred when accused",
            lambda p: "accused" in p.seats["responsible"].barred,
        ),
    ],
    "R-004-164": [by("admissibility", "responsible"), titled("admissibility", "ontvankelijk")],
    "R-004-165": [
        term("admissibility", "15 working days after signed", "15 working days after hand_over"),
        guides("admissibility", "schriftelijk", "binnen vijftien werkdagen"),
    ],
    "R-004-166": [letter("admissible", "received")],
    "R-004-167": [letter("admissible", "taken")],
    "R-004-168": [letter("admissible", "course")],
    "R-004-169": [letter("admissible", "by_when")],
    "R-004-170": [letter("admissible", "copy")],
    "R-004-171": [
        goes("admissibility", "inadmissible", ends="inadmissible", needs=REASON),
        letter("inadmissible", "reason", "stops"),
        ends("inadmissible", registers="complaints"),
    ],
    "R-004-172": [leads("admissibility", "admissible", "consult", "analysis")],
    "R-004-173": [
        guides("consult", "Jij kiest hoe je de gegevens verzamelt"),
        asks("analysis", "seriousness"),
        guides("analysis", "hele context"),
    ],
    "R-004-174": [
        guides("consult", "de ontvanger, de medewerker om wie het gaat, andere medewerkers"),
        leads("consult", "held", "consult"),
        marked("consult", optional=True, form="conversation_report"),
    ],
    "R-004-175": [guides("analysis", "visie", "beleidslijnen", "manier van werken")],
    "R-004-176": [
        leads("analysis", "founded", "solution"),
        leads("analysis", "unfounded", "answer"),
        goes("analysis", "unfounded", leads_to=("answer",), needs=REASON),
    ],
    "R-004-177": [guides("solution", "een oplossing uit, en maatregelen", "niet opnieuw gebeurt")],
    "R-004-178": [guides("solution", "samen met de medewerkers", "de oplossing zullen uitvoeren")],
    "R-004-179": [guides("solution", "de klager vragen om mee te denken")],
    "R-004-180": [
        by("inform_daily_board", "management"),
        term("inform_daily_board", "next daily_board after analysis"),
        when("inform_daily_board", **DELEGATE_OR_DIRECTOR),
        guides("inform_daily_board", "de klacht en de maatregelen"),
    ],
    "R-004-181": [
        by("inform_board", "responsible"),
        when("inform_board", seat_responsible="chair"),
        term("inform_board", "next board after analysis"),
        guides("inform_board", "De directeur is daar dan niet bij"),
    ],
    "R-004-182": [by("answer", "responsible"), letter("answer_founded", "measures")],
    "R-004-183": [
        goes("answer", "sent_unfounded", letter="answer_unfounded"),
        letter("answer_unfounded", "arguments"),
    ],
    "R-004-184": [
        goes("answer", "sent_founded", letter="answer_founded"),
        letter("answer_founded", "measures"),
    ],
    "R-004-185": [letter("answer_founded", "execution"), guides("answer", "tegen wanneer en door")],
    "R-004-186": [
        goes("answer", "sent_founded", records=("recheck",)),
        letter("answer_founded", "recheck"),
        term("effect_check", "on recheck"),
    ],
    "R-004-187": [
        letter("answer_founded", "feedback"),
        letter("answer_unfounded", "feedback"),
        marked("feedback", form="feedback"),
    ],
    "R-004-188": [letter("answer_founded", "closing"), letter("answer_unfounded", "closing")],
    "R-004-189": [
        letter("answer_founded", "appeal"),
        letter("answer_unfounded", "appeal"),
        marked("appeal", directory="appeal"),
    ],
    "R-004-190": [
        term("answer", "30 working days after admissibility"),
        guides("answer", "schriftelijk", "binnen dertig werkdagen"),
    ],
    "R-004-191": [titled("explain", "mondeling"), marked("explain", optional=True)],
    "R-004-192": [
        by("feedback", "reporter"),
        guides("weigh_reaction", "in het formulier", "om het vertrouwen te herstellen"),
        chooses("weigh_reaction", "other_solution", "look_again"),
    ],
    "R-004-193": [
        by("complete", "responsible"),
        guides("complete", "kwaliteitszorg of aan de directeur"),
        seat("quality", "quality_officer", "director"),
    ],
    "R-004-194": [
        by("filing", "quality"),
        leads("filing", "incomplete", "complete"),
        guides("filing", "Kijk na of alles er is", "klachtenbank"),
        ends("closed_founded", registers="complaints"),
        waits("filing_by_chair", "weigh_reaction"),
    ],
    "R-004-195": [guides("filing", "Alle klachten staan samen in een apart register")],
    "R-004-196": [
        term("measures_check", "every year after answer"),
        marked("measures_check", lasting=True),
        by("measures_check", "responsible"),
    ],
    "R-004-201": [
        by("appeal", "reporter"),
        marked("appeal", lasting=True, optional=True),
        guides("appeal", "niet eens is met de oplossing", "in beroep gaan bij de overheid"),
    ],
    "R-004-205": [guides("filing", "neem het dossier op")],
    "R-004-208": [guides("filing", "klachtenbank")],
    "R-004-217": [
        has("who.receiver", "the receiver is a seat", lambda p: "receiver" in p.step("receive").by),
        has("who.responsible", "the responsible is a seat", lambda p: "responsible" in p.seats),
    ],
    "R-004-287": [letter("copy_part1", "overview"), guides("give_copy", "het korte overzicht")],
    "R-004-290": [
        guides("weigh_reaction", "Neem de reactie op"),
        tells("feedback", "in je dossier"),
    ],
    "R-004-297": [
        chooses("feedback", "satisfied", "not_entirely", "not_satisfied"),
        guides("feedback", "tevreden, niet helemaal of niet tevreden"),
    ],
    "R-004-298": [guides("feedback", "alleen ongenoegen uiten")],
    "R-004-299": [guides("feedback", "alleen zeggen dat het niet is opgelost")],
    "R-004-300": [guides("feedback", "een andere of extra oplossing")],
    "R-004-302": [guides("complete", "de brief over de ontvankelijkheid")],
    "R-004-303": [guides("complete", "het antwoord en de reactie van de klager")],
    "R-004-304": [guides("complete", "de reactie van de klager")],
}

#: Suggestions, signals and remarks.
REMARKS: Table = {
    "R-004-118": [guides("hear", "Nodig mensen uit")],
    "R-004-121": [
        ends("counted", counts=True, registers=""),
        guides("follow_up", "vaak terug", "eigen werking"),
    ],
    "R-004-122": [guides("follow_up", "met de mensen om wie het gaat een oplossing")],
    "R-004-123": [goes("follow_up", "not_enough", converts_to="complaint")],
}

#: What belongs to no complaint but comes back every year.
EVERY_YEAR: Table = {
    "R-004-119": [
        guides("quality_talk", "uit suggesties en signalen"),
        marked("structural", number="7"),
    ],
    "R-004-197": [
        term("structural", "every year after start"),
        guides("structural", "keert iets terug dat aan onze manier van werken ligt"),
        chooses("structural", "none", "found"),
    ],
    "R-004-198": [guides("quality_talk", "analyse en het register", "overleg over kwaliteit")],
    "R-004-199": [
        by("board_agenda", "management"),
        term("board_agenda", "every year after start"),
        guides("board_agenda", "minstens een keer per jaar"),
    ],
    "R-004-200": [titled("attach_minutes", "Verslag", "bij het register")],
    "R-004-202": [guides("staff_knows", "elke medewerker", "ze toepast")],
    "R-004-203": [by("staff_knows", "management")],
    "R-004-204": [
        by("register_kept", "management"),
        guides("register_kept", "juist en op tijd", "bord met termijnen"),
    ],
    "R-004-205": [guides("register_kept", "of het register volledig is")],
    "R-004-206": [guides("board_agenda", "op de agenda van het bestuur")],
    "R-004-207": [guides("structural", "voor alle afgewerkte klachten")],
    "R-004-208": [guides("register_kept", "elke klacht opgevolgd", "archief")],
    "R-004-209": [by("evaluate", "board"), chooses("evaluate", "keeps", "adjusted")],
    "R-004-210": [guides("staff_knows", "formulier, overzicht en termijnen")],
    "R-004-211": [marked("attach_minutes", registers="complaints")],
}


@pytest.mark.parametrize(("name", "claim"), rows(COMPLAINTS))
def test_a_sentence_about_complaints_stands_in_the_procedure(name: str, claim: Claim) -> None:
    stands(COMPLAINT, name, claim)


@pytest.mark.parametrize(("name", "claim"), rows(REMARKS))
def test_a_sentence_about_remarks_stands_in_theirs(name: str, claim: Claim) -> None:
    stands(REMARK, name, claim)


@pytest.mark.parametrize(("name", "claim"), rows(EVERY_YEAR))
def test_a_sentence_about_all_complaints_comes_back_every_year(name: str, claim: Claim) -> None:
    stands(YEARLY, name, claim)


def test_no_sentence_of_the_complaint_procedure_is_forgotten() -> None:
    whole = {*COMPLAINTS, *EVERY_YEAR, *REMARKS}

    assert {f"R-004-{number}" for number in range(114, 212)} <= whole


def test_the_drawing_has_four_people_and_the_fourth_is_never_named() -> None:
    """R-004-217, K10: who files has the seat that every procedure has."""
    assert COMPLAINT.step("sign").by == (REPORTER,)
    assert "coordinator" not in COMPLAINT.seats


def test_the_timing_chart_can_be_drawn_with_real_days() -> None:
    """R-004-218: 5, 15 and 30 working days, one after the other."""
    on = {m.step: m.on for m in simulate(COMPLAINT, date(2026, 12, 21), BE).moments}

    assert [on["sign"], on["hand_over"], on["admissibility"], on["answer"]] == [
        date(2026, 12, 21),
        date(2026, 12, 29),
        date(2027, 1, 13),
        date(2027, 2, 24),
    ]
