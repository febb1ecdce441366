"""Consent: asked in the channel, and for now only noted when it was given by word of mouth."""

from datetime import datetime

from klankbord.handling.found import reason_in
from klankbord.handling.happening import StepRefused, acting, course_in, happen, today_of
from klankbord.organisations.members import Member
from klankbord.rules.course import ConsentAsked, ConsentSpoken
from klankbord.rules.procedures.standing import ConsentState, Odd
from klankbord.rules.readers import report_of


def ask_consent(member: Member, reference: str, *, step: str, at: datetime) -> None:
    """Ask the person for consent, in the channel and in their own language (R-003-22)."""
    with acting(member, reference, at=at) as pen:
        report = report_of(pen.happened)
        language = report.form.language if report else "nl"
        course = course_in(pen, at, language)
        known = course.procedure.by_key.get(step)
        if known is None or known.consent is None:
            raise StepRefused(Odd.CONSENT_NOT_ASKED_FOR, step)
        standing = course.progress.standings[step]
        if standing.consent is ConsentState.ASKED:
            return  # by a second click, or by a colleague: one question is enough
        if standing.consent is ConsentState.GIVEN:
            raise StepRefused(Odd.CONSENT_NOT_ASKED_FOR, step)
        asks = known if known.consent.question else course.procedure.step(known.consent.same_as)
        question = asks.consent.question if asks.consent else ""
        happen(pen, ConsentAsked(step, standing.round, question, today_of(at)), at=at)


def note_consent(
    member: Member, reference: str, *, step: str, answer: str, how: str, at: datetime
) -> None:
    """Note what somebody said when they were asked: it stays a word of mouth (P22).

    `answer` is a word of `rules.course.Spoken`. Raises `ReasonMissing` without how it was
    """
    how = reason_in(how)
    with acting(member, reference, at=at) as pen:
        number = course_in(pen, at).progress.standings[step].round
        happen(pen, ConsentSpoken(step, number, answer, how, today_of(at)), at=at)
