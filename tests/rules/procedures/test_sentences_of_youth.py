"""What a youth movement says of its contact person, and of its plan: where each sentence stands."""

import pytest

from klankbord.rules.procedures.reading import load_procedure
from tests.rules.procedures.claims import (
    Claim,
    Table,
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
    when,
)

YOUTH, VISIT, ADVICE = (
    load_procedure(key, 1, "nl") for key in ("youth_contact", "prevention_visit", "advice")
)
COLOURS = ("green", "yellow", "red", "black")

CONTACT: Table = {
    "R-000-01": [seat("contact", "contact_person")],
    "R-000-02": [seat("contact", "contact_person", "contact_person_elsewhere")],
    "R-000-03": [titled("listen", "Luisteren"), marked("listen", may_record=("facts",))],
    "R-000-04": [
        ends("no_contact", registers="youth"),
        ends("stopped", registers="youth"),
        goes("stop", "stops", needs=frozenset({"reason"})),
    ],
    "R-000-05": [
        titled("plan", "op maat"),
        guides("plan", "hoe en waar er steun kan komen"),
    ],
    "R-000-06": [chooses("listen", "behaviour", "not_well", "advice")],
    "R-000-07": [options("place", "camp", "activity", "around", "online")],
    "R-000-08": [tells("listen", "We nemen het ernstig")],
    "R-000-11": [options("story", "wellbeing")],
    "R-000-12": [guides("danger", "zelfmoord", "bel samen met een hulplijn")],
    "R-000-17": [options("story", "behaviour", "wellbeing", "own_deed")],
    "R-000-18": [guides("listen", "iemand die iets zag of hoorde")],
    "R-000-19": [guides("refer", "Zoek samen een dienst die past")],
    "R-000-20": [guides("refer", "Je begint zelf geen begeleiding")],
    "R-000-21": [
        goes("refer", "referred", needs=frozenset({"referral"}), leads_to=("referral_result",)),
        term("referral_result", "2 weeks after opening"),
    ],
    "R-000-22": [
        guides("follow", "Wat open blijft, houdt het dossier open"),
        never_without("settled", "listen", "aftercare", "register"),
    ],
    "R-000-23": [guides("aftercare", "Spreek samen af hoe het verder gaat")],
    "R-000-27": [titled("follow", "tot alles geregeld is"), marked("refer", directory="help")],
    "R-000-28": [
        guides("picture", "je wijst niemand aan"),
        has("picture", "no finding of guilt", lambda p: "guilt" not in p.findings),
    ],
    "R-000-29": [
        guides("picture", "Praat met de mensen die iets kunnen vertellen, elk apart"),
        marked("picture", form="conversation_report"),
        leads("picture", "another", "picture"),
    ],
    "R-000-30": [guides("listen", "Zeg eerst wat je kan beloven")],
    "R-000-31": [
        has("picture", "asks first", lambda p: p.step("picture").consent is not None),
    ],
    "R-000-32": [
        guides("extra_help", "Schrijf op wie je erbij riep en waarom"),
        goes("extra_help", "called", needs=frozenset({"referral"})),
    ],
    "R-000-33": [
        tells("extra_help", "We zeggen het je altijd, als het kan vooraf"),
        term("tell_reporter", "immediately after opening"),
    ],
    "R-000-34": [
        guides("listen", "een lid, leiding, een bestuurslid, een vrijwilliger, een ouder")
    ],
    "R-000-35": [guides("listen", "Iedereen mag bij je komen")],
    "R-000-36": [guides("listen", "via een andere beroepskracht of vrijwilliger")],
    "R-000-42": [tells("listen", "Je vertelt wat je wil, op jouw tempo")],
    "R-000-44": [
        leads("listen", "own_deed", "own_deed_help"),
        marked("own_deed_help", directory="i_did"),
        guides("own_deed_help", "Bellen mag zonder naam"),
    ],
    "R-001-05": [guides("estimate", "was er instemming, vrijheid, gelijkheid")],
    "R-001-08": [letter("crisis_plan", "safe", "call", "apart", "listen", "traces", "after")],
    "R-001-09": [
        options("severity", *COLOURS),
        *(when(f"respond_{colour}", severity=colour) for colour in COLOURS),
    ],
    "R-001-10": [
        seat("permanence", "on_call"),
        marked("inform_permanence", notifies="permanence", duty=True),
    ],
    "R-001-11": [marked("refer", directory="help")],
    "R-001-12": [
        term("aftercare", "7 days after facts", "2 working days after start"),
        guides("aftercare", "Jij neemt contact op, ook als je niets meer hoorde"),
    ],
    "R-001-13": [
        seat("aftercare", "contact_person", "volunteer_coach"),
        guides("aftercare", "of een vrijwilligerscoach"),
    ],
    "R-001-14": [
        titled("aftercare.body_mind", "hoe het gaat"),
        titled("aftercare.safe_now", "veilig"),
        titled("aftercare.informed", "wat er gedaan is"),
    ],
    "R-001-19": [
        marked("register", form="youth_registration", registers="youth"),
        marked("report_up", form="youth_report", letter="report_view"),
        letter("report_view", "what", "done", "learn", "no_trace"),
    ],
    "R-001-20": [tells("register", "waar dat bewaard wordt")],
    "R-001-21": [guides("register", "wie erbij kan")],
    "R-001-22": [guides("report_up", "om elk jaar te leren")],
    "R-001-23": [guides("report_up", "nieuwe doelen te kiezen")],
    "R-001-50": [guides("report_up", "in jouw provincie")],
}

IN_A_GROUP: Table = {
    "R-000-24": [
        titled("visit", "bezoek"),
        goes("request", "something_happened", converts_to="youth_contact"),
        ends("held", counts=True),
    ],
    "R-000-26": [by("request", "visitor")],
    "R-001-06": [guides("plan", "gedragscode en de vier kleuren")],
    "R-001-16": [guides("look_back", "wat bijbleef")],
    "R-001-45": [options("subject", "group")],
    "R-001-46": [options("subject", "boundaries")],
}

ADVISING: Table = {
    "R-000-25": [ends("given", registers="advice"), guides("give", "wat je aanraadde")],
    "R-000-37": [
        options("asker", "professional", "volunteer"),
        guides("ask", "meedenken, een tweede blik, of zelf eens kunnen vertellen"),
    ],
}


@pytest.mark.parametrize(("name", "claim"), rows(CONTACT))
def test_a_sentence_about_the_contact_person_stands_in_the_course(name: str, claim: Claim) -> None:
    stands(YOUTH, name, claim)


@pytest.mark.parametrize(("name", "claim"), rows(IN_A_GROUP))
def test_a_sentence_about_doing_something_in_a_group_stands_there(name: str, claim: Claim) -> None:
    stands(VISIT, name, claim)


@pytest.mark.parametrize(("name", "claim"), rows(ADVISING))
def test_a_sentence_about_advice_to_volunteers_stands_there(name: str, claim: Claim) -> None:
    stands(ADVICE, name, claim)


def test_the_introduction_promises_discretion_and_no_secrecy() -> None:
    """R-000-19, R-000-28, R-000-30: no care provider, no guilt, discretion."""
    assert says("geen hulpverlener", "geen beroepsgeheim maar discretieplicht").holds(YOUTH)
    assert says("Je zoekt niet wie er schuld heeft, en ook niet waarom").holds(YOUTH)
