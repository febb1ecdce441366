"""What the canary does along the steps of a procedure, with a word in every box that there is."""

import re
from typing import Any

from klankbord.kit.clock import today
from klankbord.rules.procedures.reading import procedure_in_force
from tests.system.canary import WORDS, anything
from tests.system.visitor import Page, Visitor


def by_its_steps(holder: Visitor, work: str) -> None:
    """Danger, a talk, consent, an estimation; given away, left out, corrected, turned, ended."""
    take(holder, work, "danger", **{"s-outcome": "none"})
    take(holder, work, "listen", **{"s-outcome": "behaviour"})
    consent(holder, work, "picture")
    take(holder, work, "picture", **{"s-outcome": "clear", "read_back": "corrects"})
    how_serious(holder, work)
    take(holder, work, "estimate", **{"s-outcome": "estimated"})
    ways_around(holder, work)
    who_acts(holder, work)
    turned(holder, work)
    consent(holder, work, "extra_help")  # the reporter will say that it was not given
    take(holder, work, "stop", **{"s-outcome": "stops"})
    resumed = send(holder, f"{work}resume/", {"step": "plan", "reason": WORDS["step"]})
    assert resumed.status == 302, resumed.text


def a_step_of_one_s_own(reporter: Visitor, case: Page, holder: Visitor, work: str) -> None:
    """In a procedure in which whoever told it chooses the way: with a word."""
    turned_to = {"procedure": "listening", "reason": WORDS["step"]}
    assert send(holder, f"{work}procedure/", turned_to).status == 302
    take(holder, work, "contact", by="listening", **{"s-outcome": "talk_now"})
    take(holder, work, "listen", by="listening")
    page = reporter.get(f"{case.path}s/{number_of('choose', 'listening')}/")
    assert reporter.press(page, {"text": WORDS["message"]}).status == 200  # nothing chosen
    chosen = {"text": WORDS["message"], "s-outcome": "nothing_for_now"}
    assert reporter.press(page, chosen).status == 303


def number_of(step: str, key: str = "youth_contact") -> int:
    """Where a step stands in a procedure: by default the one by which a case here begins."""
    procedure = procedure_in_force(key, today(), "nl")
    return [it.key for it in procedure.steps].index(step) + 1


def take(
    holder: Visitor, work: str, step: str, *, by: str = "youth_contact", **chosen: Any
) -> None:
    """Once without an ending, if it may have several, and once well."""
    page = holder.get(f"{work}step/{number_of(step, by)}/")
    words = anything(page.form("s-round"), WORDS["step"])
    wrong = holder.press(page, {**words, "day-on": WORDS["typed wrong"]})
    assert wrong.status == 422, wrong.text
    done = holder.press(page, {**words, "day-on": today().isoformat(), **chosen})
    assert done.status == 302, done.text


def how_serious(holder: Visitor, work: str) -> None:
    """Looked at, sent without what an estimate needs, and well."""
    page = holder.get(f"{work}severity/")
    looked = holder.press(page, anything(page.form("do"), WORDS["step"]), button="do")
    form = looked.form("level")
    typed = anything(form, WORDS["step"])
    lacking = holder.press(looked, typed, button="do", pressed="decide")
    assert lacking.status == 422, lacking.text
    assert WORDS["step"] in lacking.html
    typed |= {name: "no" for name in form.kinds if name.startswith("danger-")}
    typed |= {name: form.offered[name][0] for name in form.kinds if name.startswith("mark-")}
    made = holder.press(looked, {**typed, "level": "green"}, button="do", pressed="decide")
    assert made.status == 302, made.text


def consent(holder: Visitor, work: str, step: str) -> None:
    """Asked in the channel; and noted how it was given by word of mouth."""
    here = f"{work}step/{number_of(step)}/"
    assert holder.press(holder.get(here), {}, to="/ask/").status == 302
    said = holder.get(f"{here}said/")
    assert holder.press(said, {"how": WORDS["step"]}).status == 422
    assert holder.press(said, {"how": WORDS["step"], "answer": "yes"}).status == 302


def ways_around(holder: Visitor, work: str) -> None:
    plan = f"{work}step/{number_of('plan')}/"
    give = holder.get(f"{plan}give/")
    assert holder.press(give, {"reason": WORDS["step"]}).status == 422
    to = give.form("to").offered["to"][0]
    assert holder.press(give, {"reason": WORDS["step"], "to": to}).status == 302
    left_out = send(
        holder, f"{work}step/{number_of('talk_other')}/leave/", {"reason": WORDS["step"]}
    )
    assert left_out.status == 302, left_out.text
    longer = [*holder.get(plan).form("s-round").fields, ("reason", WORDS["step"])]
    assert holder.post(f"{plan}longer/", longer).status == 302  # no term here may be longer
    seq = re.findall(r"/correct/(\d+)/", holder.get(work).html)[-1]
    correct = holder.get(f"{work}correct/{seq}/")
    words = {"reason": WORDS["step"], "on": WORDS["typed wrong"]} if (
        "on" in correct.form("reason").kinds
    ) else {"reason": ""}  # fmt: skip
    assert holder.press(correct, words).status == 422
    assert holder.press(correct, {"reason": WORDS["step"]}).status == 302


def who_acts(holder: Visitor, work: str) -> None:
    page = holder.get(f"{work}acting/")
    seat, who = (page.form("seat").offered[name] for name in ("seat", "who"))
    taken = holder.press(page, {"seat": seat[0], "who": "", "why": WORDS["step"]})
    assert taken.status == 422, taken.text
    for somebody in [it for it in who if it]:
        taken = holder.press(page, {"seat": "contact", "who": somebody, "why": WORDS["step"]})
        if taken.status == 302:
            break
    assert taken.status == 302, taken.text
    out = page.form("whom").offered["whom"][-1]
    typed = {"whom": out, "relation": "in_power_relation", "why-out": WORDS["step"]}
    assert holder.press(page, typed).status == 302
    again = holder.get(page.path)
    assert holder.press(again, {"why-in": ""}).status == 422
    assert holder.press(again, {"why-in": WORDS["step"]}).status == 302


def turned(holder: Visitor, work: str) -> None:
    """What became known; another procedure, without a reason and with one, and back again."""
    page = holder.get(f"{work}facts/")
    assert holder.press(page, {"note": WORDS["step"]}).status == 422  # nothing became known
    assert holder.press(page, {"note": WORDS["step"], "finding-earlier": "yes"}).status == 302
    assert holder.press(holder.get(f"{work}procedure/"), {"reason": WORDS["step"]}).status == 422
    for key in ("advice", "youth_contact"):
        turned_to = {"procedure": key, "reason": WORDS["step"]}
        assert send(holder, f"{work}procedure/", turned_to).status == 302


def send(visitor: Visitor, path: str, typed: dict[str, Any]) -> Page:
    return visitor.press(visitor.get(path), typed)
