"""Cases on their way through a procedure, from the first word to the end: De Brug and the camp.

Most is done over HTTP by somebody with cookies and forms; a browser looks at the pages on which it
depends. Days that lie ahead are lived: the clock of this server goes on.
"""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.conftest import PHONE_WITHOUT_SCRIPT, People
from tests.journeys.founding import BRUG
from tests.journeys.steps import come_back
from tests.journeys.working import Days, Worker, people_in
from tests.system.server import HOUSE
from tests.system.visitor import code_on, enter, tell

pytestmark = pytest.mark.browser

CONDITIONS = ("own_service", "demonstrable", "precise", "first_time", "written", "known_user",
              "in_time", "no_court")  # fmt: skip
ANSWER = ("measures", "execution", "recheck", "feedback", "closing", "appeal", "contact")


def somebody(days: Days, first: str, slug: str = BRUG, *, of: Worker | None = None) -> Worker:
    """Somebody who signs in; `of` is a colleague whose case it is about."""
    reference, procedure = (of.reference, of.procedure) if of else ("", "")
    return Worker(days, days.server.visitor(), first, slug, reference, procedure).come_in()


def written_down(worker: Worker, named: str, **told: Any) -> str:
    """Entered at the desk for somebody who gets a card; returns their own code."""
    page = worker.visitor.get(f"/werk/new/{BRUG}/")
    typed = {"how": "spoken", "told_by": "themselves", "with_code": "yes", **told}
    typed["named"] = people_in(page, "named")[named]
    check = worker.visitor.follow(worker.visitor.press(page, typed))
    card = worker.visitor.press(check, {}, asks=["form"], to="/check/")
    worker.visitor.press(card, {}, to="/done/")
    return taken_over(worker.days, code_on(card))


def taken_over(days: Days, start: str) -> str:
    reporter = days.server.visitor()
    page = reporter.press(reporter.get(f"/{BRUG}/m/"), {"code": start})
    own = reporter.follow(reporter.press(reporter.follow(page), {}, asks=["form"], to="/m/new/"))
    reporter.press(own, {}, asks=["form"], to="/on/")
    return code_on(own)


def letter(*parts: str) -> dict[str, str]:
    return {f"letter-{part}": f"Over {part}: dit schreven we." for part in parts}


def signed(milan: Worker) -> None:
    """From the counter to the signature: part 1 on screen, signed on paper (P27)."""
    milan.turn("complaint", "Het gaat over hoe wij werken.")
    milan.take("receive", "service", **{"finding-channel": "oral"})
    milan.take("direct_attempt", "official")
    milan.take("part1", name="Ria", story="Drie keer een fout uur.", wanted="Een juist rooster.")
    day = {"day-signed": milan.days.today.isoformat(), "finding-signing": "paper"}
    milan.take("sign", "signed", **day)
    milan.take("give_copy", **letter("copy", "contact", "overview"))


def handed_over(milan: Worker, to: str) -> Worker:
    milan.let_read(to, "Doet de klachten.")
    milan.sit("responsible", to)
    milan.take("hand_over")
    return somebody(milan.days, to, of=milan)


def test_a_complaint_goes_from_the_counter_to_appeal(chromium: Browser, days: Days) -> None:
    """R-004-114 to R-004-201, P18, P27, K7: each part of the answer is read by who complained, the
    effect is asked on the promised day, kwaliteitszorg files it, and the way to appeal is shown.
    """
    milan = somebody(days, "milan")
    before = milan.references()
    code = written_down(milan, "milan", happened="Het rooster was drie keer fout.")
    milan.newest(before)
    signed(milan)
    dora = handed_over(milan, "dora")
    dora.take(
        "admissibility", "admissible", **dict.fromkeys(CONDITIONS, "yes"),
        **letter("received", "taken", "course", "by_when", "contact"),
    )  # fmt: skip
    dora.take("analysis", "founded", tested="Dit past niet bij hoe wij willen werken.",
              **{"finding-seriousness": "medium"})  # fmt: skip
    measure = {"measures.1.what": "Twee mensen lezen het na.", "measures.1.kind": "prevent"}
    dora.take("solution", **measure)
    dora.let_read("dirk", "Licht het Dagelijks Bestuur in.")
    somebody(days, "dirk", of=dora).take("inform_daily_board")
    recheck = days.today + timedelta(days=30)
    dora.take("answer", "sent_founded", **letter(*ANSWER), **{"day-recheck": recheck.isoformat()})
    reads_every_part(chromium, days, code)
    dora.take("feedback", "satisfied", course="Het ging vlot.")

    days.wait_until(recheck)
    dora.come_in()
    dora.take("effect_check", "helps", said="Het klopt nu.")
    dora.take("complete")
    dora.let_read("quinten", "Kijkt na of alles er is.")
    quinten = somebody(days, "quinten", of=dora)
    quinten.take("filing", "filed_founded")
    assert "Afgehandeld, gegrond" in dora.case().text
    assert dora.offers("appeal")
    assert dora.offers("measures_check")  # every year, also when it is closed (R-004-196)


def reads_every_part(chromium: Browser, days: Days, code: str) -> None:
    """On a telephone without script."""
    people = People(chromium, days.server)
    ria = people.somebody(PHONE_WITHOUT_SCRIPT)
    come_back(ria, code, slug=BRUG)
    for part in ANSWER:
        expect(ria.locator("main .kb-thread")).to_contain_text(f"Over {part}: dit schreven we.")
    people.go_home()


def test_a_late_complaint_that_is_transgressive_behaviour_is_not_tested(days: Days) -> None:
    """R-004-124, R-004-139, K6: the facts are half a year old, and nobody weighs a month; what was
    noted goes along, and the person who complained keeps the same code.
    """
    milan = somebody(days, "milan")
    before = milan.references()
    code = written_down(milan, "milan", happened="Een begeleider duwde mij. Dat is lang geleden.")
    milan.newest(before)
    facts = (days.today - timedelta(days=180)).isoformat()
    milan.turn("complaint", "Het kwam binnen als klacht.")
    milan.take("receive", "transgressive", **{"day-facts": facts, "finding-channel": "oral"})
    milan.procedure = "transgressive"
    page = milan.case()
    assert "Klacht ontvangen" in page.text
    assert milan.offers("report")
    assert "Beslissen of de klacht ontvankelijk is" not in page.text
    assert "duwde mij" in enter(days.server.visitor(), BRUG, code).text


def test_a_suspicion_on_a_camp_in_the_youth_movement(days: Days) -> None:
    """R-000-04, R-001-10, P6, P15: danger first, consent before a talk, and nobody speaks to
    the other person while nobody knows how serious it is; a plan has a day."""
    told = {"happened": "Ik denk dat een leider iets doet met de kleintjes.", "danger": "no"}
    noor, tarik = somebody(days, "noor", HOUSE), somebody(days, "tarik", HOUSE)
    before = noor.references() | tarik.references()
    tell(days.server.visitor(), HOUSE, told)
    holder = noor if noor.references() - before else tarik
    holder.newest(before)
    holder.procedure = "youth_contact"
    holder.take("danger", "none")
    holder.take("listen", "behaviour", **{"finding-age_band": "child"})
    assert not holder.offers("talk_other")  # nobody talks to the other while nobody weighed it
    holder.note_a_yes("picture", "In een gesprek, met haar vriendin erbij.")
    holder.take("picture", "clear", **talk(days))
    holder.take("estimate", "estimated")
    assert holder.offers("safety_advice")  # not knowing how serious it is, is not green
    assert not holder.offers("talk_other")
    plan = (days.today + timedelta(days=7)).isoformat()
    holder.take("plan", "made", **{"day-next_look": plan})
    for step in ("register", "parents", "aftercare"):
        assert holder.offers(step), step


def talk(days: Days) -> dict[str, str]:
    day = days.today
    parts = {"day": day.day, "month": day.month, "year": day.year}
    return {f"held_on-{name}": str(value) for name, value in parts.items()}


def test_a_suspicion_on_a_camp_in_the_welfare_organisation(days: Days) -> None:
    """R-004-060, P14, P15: a duty to note it, and aftercare from the first day."""
    koen = somebody(days, "koen")
    before = koen.references()
    written_down(koen, "koen", happened="Op kamp vermoeden we iets tussen twee deelnemers.")
    koen.newest(before)
    koen.procedure = "transgressive"
    seen = {"finding-scenario": "suspicion", "finding-offender": "participant",
            "finding-age": "young", "finding-adult_to_minor": "no"}  # fmt: skip
    koen.take("report", "inside", **seen)
    for step in ("aftercare", "assess", "register", "clarify"):
        assert koen.offers(step), step
    assert not koen.offers("intervene")  # nothing happens at this moment
    assert not koen.offers("sector_notice")  # that is for employees


def test_a_crisis_with_an_employee_leaves_the_employee_and_who_is_close_out(days: Days) -> None:
    """R-004-020, R-004-155, K9, P23: barred at once, by key; the notices open; the chair acts when
    the director is close to the alleged person.
    """
    koen = somebody(days, "koen")
    before = koen.references()
    written_down(koen, "koen", happened="Milan sloeg vanmiddag een jongen op kamp.")
    koen.newest(before)
    koen.procedure = "transgressive"
    koen.let_read("milan", "Was erbij.")
    milan = somebody(days, "milan", of=koen)
    assert milan.opens()
    koen.keep_out("milan", "accused", "Het gaat over hem.")
    assert not milan.opens()
    seen = {"finding-scenario": "crisis", "finding-offender": "employee",
            "finding-age": "young", "finding-adult_to_minor": "yes"}  # fmt: skip
    koen.take("report", "inside", **seen)
    for step in ("intervene", "assess", "aftercare", "register"):
        assert koen.offers(step), step
    assert koen.acts_as()["Werkgever"] == "Dirk"
    koen.keep_out("dirk", "close_to_accused", "Ze zijn broers.")
    assert koen.acts_as()["Werkgever"] == "Chris"


def test_a_talk_ends_as_a_listening_ear(chromium: Browser, days: Days) -> None:
    """R-002-08, R-002-22, P4, P21: somebody told it, and that was enough; nobody else was needed,
    and the page says so to both.
    """
    amina = somebody(days, "amina")
    before = amina.references()
    code = written_down(amina, "amina", happened="Er wordt over mij gelachen in de bus.")
    amina.newest(before)
    amina.procedure = "listening"
    amina.take("contact", "talk_now", **{"finding-door": "walk_in"})
    amina.take("listen")
    amina.take("choose", "listening_ear", **{"s-seat": "reporter"})
    assert "Een luisterend oor" in amina.case().text
    people = People(chromium, days.server)
    told = people.somebody(PHONE_WITHOUT_SCRIPT)
    come_back(told, code, slug=BRUG)
    expect(told.locator("main")).to_be_visible()
    people.go_home()
