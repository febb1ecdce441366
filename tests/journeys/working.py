"""Working through a case over HTTP: signing in, taking a step, and what is to be done after it."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from klankbord.kit.clock import today
from klankbord.rules.procedures.reading import procedure_in_force
from tests.system.server import Server, mail_of, passphrase_of
from tests.system.visitor import Page, Visitor, sign_in

OVER = {200, 302, 303}


def number_of(step: str, procedure: str) -> int:
    """Where a step stands in a procedure: addresses carry the number, never the name."""
    steps = procedure_in_force(procedure, today(), "nl").steps
    return [it.key for it in steps].index(step) + 1


def people_in(page: Page, name: str) -> dict[str, str]:
    """The value that stands for each person who can be chosen, by first name."""
    card = rf'name="{name}"[^>]*value="([0-9a-f]{{32}})".*?<b>(\w+)'
    return {first.lower(): value for value, first in re.findall(card, page.html, re.DOTALL)}


@dataclass(slots=True)
class Days:
    """The day it is at the served system."""

    server: Server

    @property
    def today(self) -> date:
        return today() + timedelta(days=int(self._file.read_text()))

    def wait_until(self, day: date) -> None:
        """Let it be that day. A clock never goes back."""
        assert day >= self.today, day
        self._file.write_text(str((day - today()).days))

    @property
    def _file(self) -> Any:
        return self.server.folder / "ahead"


@dataclass(slots=True)
class Worker:
    """Somebody of the house at work in one case."""

    days: Days
    visitor: Visitor
    first: str
    slug: str
    reference: str = ""
    procedure: str = ""

    @property
    def work(self) -> str:
        return f"/werk/{self.reference}/"

    def come_in(self) -> "Worker":
        """Sign in, or once more on another day."""
        sign_in(self.visitor, mail_of(self.first, self.slug), passphrase_of(self.first))
        return self

    def opens(self) -> bool:
        """Whether this person finds the case."""
        return self.visitor.get(self.work).status == 200

    def case(self) -> Page:
        page = self.visitor.get(self.work)
        assert page.status == 200, (self.first, page.status)
        return page

    def newest(self, before: set[str]) -> str:
        (found,) = self.references() - before
        self.reference = found
        return found

    def references(self) -> set[str]:
        return set(re.findall(r"/werk/([A-Z]+-[0-9A-Z]{4})/", self.visitor.get("/werk/").html))

    def offers(self, step: str) -> bool:
        """Whether the step can be taken or waits today."""
        return self.visitor.get(self._step(step)).status == 200

    def asked_first(self) -> str:
        """The title of what the case says is to be done now."""
        return self.case().html.partition('id="todo">')[2].partition("<")[0]

    def take(self, step: str, outcome: str = "", *, on: date | None = None, **more: Any) -> Page:
        """Take a step on its page; what is typed has the names of the fields."""
        page = self.visitor.get(self._step(step))
        assert page.status == 200, (step, page.status)
        typed: dict[str, Any] = {"day-on": (on or self.days.today).isoformat(), **more}
        if outcome and page.form("s-round").asks("s-outcome"):
            typed["s-outcome"] = outcome
        sent = self.visitor.press(page, typed, asks=["s-round"])
        assert sent.status == 302, (step, sent.text[:1500])
        return self.visitor.follow(sent)

    def note_a_yes(self, step: str, how: str) -> None:
        """Consent that was given by word of mouth (P22)."""
        page = self.visitor.get(f"{self._step(step)}said/")
        assert self.visitor.press(page, {"answer": "yes", "how": how}).status == 302

    def acts_as(self) -> dict[str, str]:
        """Who sits in which seat, by first name."""
        page = self.visitor.get(f"{self.work}acting/").html
        seat = r'<h2 class="govuk-heading-s">([^<]+)</h2>\s*<p class="govuk-body"><b>(\w+)'
        return dict(re.findall(seat, page))

    def turn(self, procedure: str, reason: str) -> None:
        page = self.visitor.get(f"{self.work}procedure/")
        sent = self.visitor.press(page, {"procedure": procedure, "reason": reason})
        assert sent.status == 302, sent.text
        self.procedure = procedure

    def let_read(self, first: str, why: str) -> None:
        """Give a colleague access, by their first name."""
        page = self.visitor.get(f"{self.work}access/")
        typed = {
            "member": people_in(page, "member")[first],
            "why": why,
            "passphrase": passphrase_of(self.first),
        }
        sent = self.visitor.press(page, typed)
        assert sent.status == 302, sent.text

    def sit(self, seat: str, first: str) -> Page:
        """Note who acts in a seat (R-004-141)."""
        return self._acts("who", first, seat=seat)

    def keep_out(self, first: str, relation: str, why: str) -> Page:
        """Somebody is involved: no key, no part in this case."""
        return self._acts("whom", first, relation=relation, **{"why-out": why})

    def _acts(self, field: str, first: str, **typed: str) -> Page:
        page = self.visitor.get(f"{self.work}acting/")
        offered = page.html.partition(f'name="{field}"')[2].partition("</select>")[0]
        value = re.search(rf'value="([0-9a-f]{{32}})"[^>]*>{first.title()}', offered)
        assert value, offered
        sent = self.visitor.press(page, {field: value[1], **typed})
        assert sent.status == 302, sent.text
        return self.visitor.follow(sent)

    def estimate(self, level: str, reason: str = "", *, danger: str = "no", **more: Any) -> Page:
        """How serious it is: the dangers, the marks that were seen, what people decide."""
        page = self.visitor.get(f"{self.work}severity/")
        looked = self.visitor.press(page, {}, asks=["do"], button="do")
        form = looked.form("level")
        typed: dict[str, Any] = {"level": level, "reason": reason, **more}
        typed |= {name: danger for name in form.kinds if name.startswith("danger-")}
        made = self.visitor.press(looked, typed, button="do", pressed="decide")
        assert made.status == 302, made.text[:1500]
        return self.visitor.follow(made)

    def _step(self, step: str) -> str:
        return f"{self.work}step/{number_of(step, self.procedure)}/"
