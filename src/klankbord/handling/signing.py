"""What somebody signs by code: the text itself, as it was last filled in."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from klankbord.handling.pages import answers_in_words
from klankbord.organisations.models import Organisation
from klankbord.rules.course import StepCorrected, StepDone
from klankbord.rules.entries import Answers, Happened, IdentityGiven, ReportReceived
from klankbord.rules.forms.answers import SummaryRow
from klankbord.rules.procedures.shape import Procedure, Step


@dataclass(frozen=True, slots=True)
class Signable:
    """A form that was filled in, with who it is about; `seq` is its place in the case."""

    seq: int
    form: Answers = field(repr=False)

    def rows(self, organisation: Organisation, language: str) -> tuple[SummaryRow, ...]:
        """What it says, question by question."""
        return answers_in_words(self.form, organisation, language)


def text_to_sign(happened: Sequence[Happened], procedure: Procedure, step: Step) -> Signable | None:
    """The newest form of a step that leads to the signature; none if it lies on paper.

    The signature follows it in the case, so it is a signature under this text and no other.
    """
    wanted = {it.form for it in procedure.steps if _leads_to(it, step.key) and it.form}
    gone = {it.entry.of for it in happened if isinstance(it.entry, StepCorrected)}
    newest: Signable | None = None
    who: dict[str, Answers] = {}
    for it in happened:
        match it.entry:
            case (
                StepDone(form=Answers() as form)
                | StepCorrected(instead=StepDone(form=Answers() as form))
                | ReportReceived(form=form)
            ) if form.form in wanted and it.seq not in gone:
                newest = Signable(it.seq, form)
            case IdentityGiven(form=form):
                who[form.form] = form
    known = who.get(newest.form.form) if newest else None
    if newest is None or known is None:
        return newest
    answers = {**newest.form.answers, **known.answers}
    return Signable(newest.seq, replace(newest.form, answers=answers))


def _leads_to(step: Step, key: str) -> bool:
    return any(key in outcome.leads_to for outcome in step.outcomes)
