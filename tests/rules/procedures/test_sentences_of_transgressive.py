"""R-004-001 to R-004-113 and the lost drawings, sentence by sentence: where each one stands."""

from datetime import date

import pytest

from klankbord.rules.procedures.proof import text_findings
from klankbord.rules.procedures.reading import load_procedure, shipped_texts
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

VERSIONS = {number: load_procedure("transgressive", number, "nl") for number in (1, 2)}
YEARLY = load_procedure("yearly_transgressive", 1, "nl")
DANGER = load_procedure("danger_to_integrity", 1, "nl")

#: What both versions carry: the trigger of 2015 and the wider duty differ in one step only.
CASE: Table = {
    "R-004-001": [has("head", "its place in the handbook", lambda p: p.number == "3.4")],
    "R-004-002": [marked("sector_notice", notifies="sectoral_point", duty=True)],
    "R-004-003": [says("voorkomen", "opmerken", "reageren", "registreren")],
    "R-004-004": [
        goes("report", "against_staff", ends="referred", needs=frozenset({"reason", "referral"})),
        guides("report", "afspraken van de werkgever"),
    ],
    "R-004-005": [says("Elke grens is anders", "hoe de persoon het zelf beleefde")],
    "R-004-007": [
        options("behaviour", "violence"),
        explains("behaviour", "violence", "lastigvallen", "bedreigen", "aanvallen"),
        guides("assess", "Geweld", "lichamelijk of met woorden"),
    ],
    "R-004-008": [
        explains("behaviour", "bullying", "vaak", "lang", "altijd dezelfde persoon"),
        guides("assess", "vernederen of bang maken", "moeilijk kan verweren"),
    ],
    "R-004-009": [
        options("behaviour", "sexual"),
        guides("assess", "woorden, gebaren of aanrakingen", "waardigheid", "moet dat weten"),
    ],
    "R-004-010": [guides("report", "door medewerkers, en ook tussen gebruikers")],
    "R-004-011": [
        guides("report", "tijdens onze werking"),
        goes("report", "inside", ends="", converts_to=""),
    ],
    "R-004-012": [
        goes("report", "outside", converts_to="danger_to_integrity"),
        goes("turns_out", "danger", converts_to="danger_to_integrity"),
    ],
    "R-004-013": [
        guides("report", "beroepskracht die de activiteit draagt, of de direct leidinggevende"),
        seat("responsible", "responsible", "line_manager"),
    ],
    "R-004-014": [
        when("manager_takes_over", power="yes"),
        by("manager_takes_over", "manager"),
        has(
            "who.responsible",
            "nobody under whose power it happened",
            lambda p: "in_power_relation" in p.seats["responsible"].barred,
        ),
    ],
    "R-004-016": [
        guides("report", "signaal", "blijf alert"),
        goes("report", "signal", ends="signal"),
        ends("signal", counts=True, registers=""),
    ],
    "R-004-021": [guides("counsellor", "onafhankelijk"), seat("counsellor", "counsellor")],
    "R-004-022": [guides("talk_victim", "een klacht ook kan, en bij wie")],
    "R-004-023": [
        guides("report", "langs één weg binnen"),
        goes("turns_out", "service", converts_to="complaint"),
    ],
    "R-004-025": [leads("report", "inside", "intervene", "assess", "talk_victim", "register")],
    "R-004-026": [options("scenario", "crisis"), asks("report", "scenario")],
    "R-004-027": [options("scenario", "chronic"), guides("assess", "Gebeurt het al langer")],
    "R-004-028": [options("scenario", "suspicion"), when("clarify", scenario="suspicion")],
    "R-004-029": [guides("report", "De stappen zijn dezelfde, met een paar verschillen")],
    "R-004-030": [
        when("intervene", scenario="crisis"),
        term("intervene", "immediately after report"),
        guides("intervene", "uit de groep, of doe wat anders nodig is"),
        by("intervene", "present", "responsible"),
    ],
    "R-004-031": [guides("intervene", "meteen voor hulp voor de persoon")],
    "R-004-032": [guides("intervene", "volgens jou", "Niemand rekent je af")],
    "R-004-033": [guides("intervene", "iemand die blijft en luistert")],
    "R-004-034": [
        marked("police", optional=True, anytime=True),
        guides("police", "naargelang de ernst en de situatie van de mogelijke veroorzaker"),
        goes("police", "involved", needs=frozenset({"reason"})),
        goes("police", "not_involved", needs=frozenset({"reason"})),
    ],
    "R-004-035": [by("inform_manager", "present"), titled("inform_manager", "leidinggevende")],
    "R-004-036": [
        guides("intervene", "vrijwilliger of stagiair", "even rustig", "zo snel mogelijk"),
        chooses("inform_manager", "by_volunteer"),
        seat("present", "staff", "volunteer", "intern"),
    ],
    "R-004-037": [guides("need_to_know_first", "vrijwilligers en stagiairs", "niet meer binnen")],
    "R-004-038": [
        guides("need_to_know_first", "geen namen of feiten die ze niet nodig hebben"),
        tells("need_to_know", "alleen wat echt nodig is"),
    ],
    "R-004-039": [
        guides("talk_victim", "Praat apart"),
        guides("talk_accused", "Praat apart"),
        waits("clarify", "talk_victim", "talk_accused"),
    ],
    "R-004-040": [chooses("clarify", "supported", "unclear", "not_confirmed")],
    "R-004-041": [guides("talk_victim", "Maak het bespreekbaar", "opluchting")],
    "R-004-042": [guides("talk_victim", "wees voorzichtig", "ook zo ziet", "wat er dan kan")],
    "R-004-043": [guides("talk_victim", "wat er gebeurt als niemand iets doet")],
    "R-004-044": [guides("talk_accused", "misschien een grens", "hoe die persoon het zelf ziet")],
    "R-004-045": [guides("talk_accused", "waar wij voor staan", "Dreig niet")],
    "R-004-046": [
        guides("talk_accused", "beschuldig niet vooraf", "als er vroeger niets was"),
        letter("invitation", "why", "rights"),
        marked("accused_checks", optional=True),
    ],
    "R-004-047": [
        by("talk_victim", "responsible"),
        marked("talk_victim", form="conversation_report", optional=False),
    ],
    "R-004-048": [guides("talk_victim", "maak tijd voor wat die beleefde en voelt")],
    "R-004-049": [guides("talk_victim", "Vraag wat het met de persoon deed")],
    "R-004-050": [
        guides("talk_victim", "welke hulp nodig is"),
        chooses("further_help", "arranged", "by_self"),
    ],
    "R-004-051": [guides("talk_victim", "na de activiteit, bij ons of thuis")],
    "R-004-052": [chooses("counsellor", "internal", "none")],
    "R-004-053": [guides("counsel", "Luister", "bespreekbaar", "Help ook de medewerker")],
    "R-004-054": [
        guides("counsel", "beroepsgeheim", "niet in dit dossier"),
        tells("counsel", "blijft daar"),
    ],
    "R-004-055": [marked("register", form="transgressive_registration", duty=True)],
    "R-004-056": [
        guides("measures", "voor de persoon die het meemaakte en voor de mogelijke veroorzaker"),
        by("measures", "responsible"),
    ],
    "R-004-057": [
        guides("discuss_measures", "nu en op langere termijn"),
        titled("discuss_measures", "maatregelen bespreken"),
        letter("accused_information", "measures", "answer"),
    ],
    "R-004-058": [guides("discuss_measures", "waar wij voor staan")],
    "R-004-059": [
        term("compliance", "every 1 month after measures"),
        marked("compliance", lasting=True),
        chooses("compliance", "observed", "not_observed"),
    ],
    "R-004-060": [guides("explain", "wat er met de mogelijke veroorzaker is afgesproken")],
    "R-004-061": [
        guides("explain", "hoe de persoon het verdere contact ziet"),
        waits("pass_wishes", "explain"),
        guides("pass_wishes", "Zeg alleen wat de persoon wil dat gezegd wordt"),
    ],
    "R-004-062": [
        marked("talk_together", optional=True),
        guides("talk_together", "niet meer deelnemen", "toch zin heeft"),
    ],
    "R-004-063": [guides("explain", "welke hulp nog nodig is")],
    "R-004-064": [
        guides("need_to_know", "niet meer dan dat"),
        marked("need_to_know", optional=True),
    ],
    "R-004-065": [
        by("evaluate", "responsible", "manager"),
        chooses("evaluate", "fine", "adjust"),
        leads("evaluate", "adjust", "measures", "employer_measures"),
    ],
    "R-004-066": [
        guides("evaluate", "elke keer", "algemeen"),
        by("prevention", "manager"),
    ],
    "R-004-067": [
        never_without("settled", "aftercare"),
        never_without("settled_employer", "aftercare"),
    ],
    "R-004-068": [
        guides("measures", "niet inzetten", "niet meer laten deelnemen", "hulp", "gerecht"),
        guides("employer_measures", "ander werk, een andere plek"),
    ],
    "R-004-069": [
        asks("assess", "power"),
        guides("assess", "macht over de persoon", "leidinggevende over"),
    ],
    "R-004-070": [
        guides("intervene", "macht over de persoon", "grijpt de direct leidinggevende in"),
        guides("manager_takes_over", "Neem die plaats", "wat nog moet"),
    ],
    "R-004-071": [guides("intervene", "hulp voor de persoon die het meemaakte", "luistert")],
    "R-004-072": [guides("intervene", "op dat moment kan en nodig is")],
    "R-004-073": [
        by("police", "responsible", "present"),
        chooses("inform_manager", "by_professional"),
    ],
    "R-004-074": [guides("need_to_know_first", "Zeg niet meer")],
    "R-004-075": [
        guides("inform_manager", "zelf de mogelijke veroorzaker", "leidinggevende van die persoon"),
        has(
            "who.manager",
            "not the accused",
            lambda p: "accused" in p.seats["manager"].barred,
        ),
    ],
    "R-004-076": [titled("talk_victim", "Gesprek met de persoon die het meemaakte")],
    "R-004-077": [guides("talk_victim", "wat het met de persoon deed", "Opvang")],
    "R-004-078": [
        titled("explain_procedure", "uitleggen aan de persoon"),
        guides("explain_procedure", "wat verplicht is", "wie wat weet", "zelf kiest"),
    ],
    "R-004-079": [
        goes("counsellor", "none", when=((("power", frozenset({"no", "unknown"})),),)),
        guides("counsellor", "Speelt er macht mee, dan komt er altijd een vertrouwenspersoon"),
    ],
    "R-004-080": [
        chooses("counsellor", "external_wish", "external_position"),
        goes("counsellor", "external_position", needs=frozenset({"reason"})),
    ],
    "R-004-081": [
        by("investigate", "investigator"),
        when("investigate", power="yes"),
        marked("investigate", letter="counsellor_report"),
        letter("counsellor_report", "heard", "picture", "advice"),
    ],
    "R-004-082": [marked("register", registers="transgressive")],
    "R-004-083": [
        never_without("settled_employer", "aftercare"),
        guides("aftercare", "gegarandeerd"),
    ],
    "R-004-084": [
        when("employer_measures", offender="employee"),
        by("employer_measures", "management"),
        seat("management", "director", "chair"),
    ],
    "R-004-085": [
        when("board_notice", offender="employee"),
        marked("board_notice", notifies="board", duty=True),
    ],
    "R-004-086": [
        when("sector_notice", offender="employee"),
        guides("sector_notice", "Geen namen"),
        letter("sector_form", "organisation", "facts", "measures"),
    ],
    "R-004-087": [
        guides("counsellor", "ervoor is opgeleid", "externe preventiedienst", "een ander die"),
        seat("counsellor", "counsellor", "outside_counsellor"),
    ],
    "R-004-088": [guides("employer_measures", "arbeidsreglement")],
    "R-004-089": [
        term("register", "immediately after report"),
        waits("register", "talk_victim"),
        guides("register", "meteen na de melding", "gesprek met de persoon"),
    ],
    "R-004-090": [by("register", "responsible", "counsellor")],
    "R-004-091": [guides("register", "wat er gebeurde")],
    "R-004-092": [guides("register", "alle dagen"), marked("new_facts", may_record=("facts",))],
    "R-004-093": [guides("register", "welke maatregelen er zijn of komen")],
    "R-004-094": [
        guides("register", "zonder namen", "kleine groep"),
        titled("register", "zonder namen"),
    ],
    "R-004-095": [by("register_check", "keeper"), seat("keeper", "counsellor")],
    "R-004-096": [
        term("sector_notice", "immediately after opening"),
        tells("sector_notice", "Jouw naam staat er niet in"),
    ],
    "R-004-097": [guides("sector_confirmed", "Het meldpunt verwittigt de overheid zelf")],
    "R-004-098": [
        guides("aftercare", "Het belang van de persoon staat voorop"),
        guides("close", "nazorg is aangeboden"),
    ],
    "R-004-100": [marked("sector_notice", duty=True), guides("sector_notice", "Dat is verplicht")],
    "R-004-101": [marked("sector_confirmed", directory="sectoral_point")],
    "R-004-102": [guides("sector_confirmed", "met een mail en meteen nadat het de feiten kent")],
    "R-004-104": [guides("inform_manager", "overleggen altijd eerst", "maatregelen of afspraken")],
    "R-004-105": [
        by("mandate", "manager"),
        guides("mandate", "tot waar de bevoegdheid"),
        chooses("mandate", "stops", "helps_along"),
    ],
    "R-004-107": [guides("counsellor", "De directie duidt die persoon aan")],
    "R-004-108": [
        by("sector_confirmed", "management"),
        guides("sector_confirmed", "juist en tijdig"),
    ],
    "R-004-109": [chooses("sector_confirmed", "confirmed", "no_answer")],
    "R-004-110": [
        by("course_check", "counsellor"),
        chooses("course_check", "fine", "lacking"),
    ],
    "R-004-112": [guides("report", "gevaar voor de integriteit")],
    "R-004-113": [
        guides("close", "registratieformulier", "verslag", "meldingen", "klacht"),
    ],
}

#: What belongs to no case but comes back every year.
EVERY_YEAR: Table = {
    "R-004-006": [titled("in_documents.code", "wat kan en wat niet, van bij het begin")],
    "R-004-015": [guides("known", "weet wat grensoverschrijdend gedrag is", "visie")],
    "R-004-017": [titled("in_documents.findable", "waar elke medewerker ze vindt")],
    "R-004-018": [titled("in_documents.induction", "Wie nieuw is")],
    "R-004-019": [titled("in_documents.staff_guide", "gids voor het personeel")],
    "R-004-020": [titled("in_documents.volunteers", "vrijwilligers en stagiairs")],
    "R-004-024": [titled("in_documents.house_rules", "huishoudelijk reglement")],
    "R-004-099": [
        term("evaluate", "every year after start"),
        chooses("evaluate", "keeps", "adjusted"),
    ],
    "R-004-103": [guides("known", "secretariaat of in de logistiek", "past ze toe")],
    "R-004-106": [by("known", "management"), seat("management", "coordinator", "director")],
    "R-004-107": [
        titled("counsellor_named", "vertrouwenspersoon"),
        chooses("counsellor_named", "named"),
    ],
    "R-004-111": [titled("skills", "sterker"), guides("skills", "samen met de sector")],
}

#: The drawings are lost: a place for the organisation's own scheme, and no invented crisis steps.
LOST_DRAWINGS: Table = {
    "R-004-012": [
        says("buiten onze werking"),
        goes("receive", "inside", converts_to="transgressive"),
    ],
    "R-004-112": [
        says("eigen schema", "gaat dat schema voor"),
        marked("own_scheme", optional=True),
    ],
    "R-004-212": [
        options("acute", "no"),
        options("focus", "victim"),
        guides("talk", "nooit met beiden"),
    ],
    "R-004-213": [options("focus", "causer")],
    "R-004-214": [
        options("acute", "yes"),
        term("danger", "immediately after receive"),
        guides("own_scheme", "Klankbord verzint er geen"),
    ],
    "R-004-215": [guides("receive", "mogelijk slachtoffer", "mogelijke veroorzaker")],
    "R-004-216": [says("schade lijdt")],
}
WHOLE = {*CASE, *EVERY_YEAR}


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(("name", "claim"), rows(CASE))
def test_a_sentence_about_a_case_stands_in_both_versions(
    name: str, claim: Claim, version: int
) -> None:
    stands(VERSIONS[version], name, claim)


@pytest.mark.parametrize(("name", "claim"), rows(EVERY_YEAR))
def test_a_sentence_about_prevention_comes_back_every_year(name: str, claim: Claim) -> None:
    stands(YEARLY, name, claim)


@pytest.mark.parametrize(("name", "claim"), rows(LOST_DRAWINGS))
def test_a_lost_drawing_has_its_place(name: str, claim: Claim) -> None:
    stands(DANGER, name, claim)


def test_no_sentence_of_the_handbook_is_forgotten() -> None:
    assert {f"R-004-{number:03d}" for number in range(1, 114)} == WHOLE
    assert {f"R-004-{number}" for number in range(212, 217)} <= LOST_DRAWINGS.keys()


def test_the_own_copy_says_when_it_was_changed_and_when_the_board_approved_it() -> None:
    """R-004-001: and it cannot have been approved before it was changed."""
    main, others = shipped_texts("yearly_transgressive", 1)
    stated = main.replace("subject =", "changed = 2026-03-01\napproved = 2026-03-17\nsubject =")

    assert text_findings(stated, others) == ()
    assert text_findings(stated.replace("03-17", "02-17"), others) == (
        "approved: it was changed after it was approved.",
    )


def test_a_place_for_what_the_sources_lost_is_called_our_own() -> None:
    """K10, P5."""
    assert DANGER.derived
    assert DANGER.valid_from <= date(2026, 1, 1)


def test_a_claim_that_is_not_so_or_not_cited_does_not_stand() -> None:
    case = VERSIONS[2]

    with pytest.raises(AssertionError, match="does not say it"):
        stands(case, "R-004-030", guides("intervene", "Wacht af"))
    with pytest.raises(AssertionError, match="does not cite"):
        stands(case, "R-004-196", guides("intervene", "grijpt meteen in"))
