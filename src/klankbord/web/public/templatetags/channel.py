"""What happened in a case and who reads it, in words for the reporter."""

from django import template
from django.utils.translation import gettext

from klankbord.handling.channel import Item
from klankbord.rules.entries import CaseReopened, ExclusionSettled, KeysArranged, ReportWithdrawn
from klankbord.web.components.templatetags.components import meanwhile, names

register = template.Library()

OUR_WORDS = frozenset(
    {"", "chosen", "team", "on_duty", "reporter", "own", "back", "entered", "left"}
)


@register.filter
def event(item: Item) -> str:
    """One line of the thread that is not a message."""
    who = item.by or gettext("Somebody")
    if item.by_reporter:
        own = {
            "report_received": gettext("What you told has arrived"),
            "report_of_activity": gettext("What you told has arrived"),
            "keys_arranged": _list_changed_by_you(item),
            "reporter_renewed": gettext("You made a code of your own"),
            "report_withdrawn": gettext("You asked to stop"),
            "report_resumed": gettext("You want to go on after all"),
        }
        return own.get(item.kind, "")
    theirs = {
        "report_received": gettext("%(who)s wrote down what was told"),
        "report_entered": gettext("%(who)s wrote down how it came in"),
        "reporter_joined": gettext("%(who)s gave a start code"),
        "case_read": gettext("%(who)s read this"),
        "keys_arranged": _list_changed(item),
        "exclusion_settled": gettext("%(who)s wrote down whom you meant by the name"),
        "case_closed": gettext("%(who)s closed this"),
        "case_reopened": gettext("%(who)s took this up again"),
    }
    return theirs.get(item.kind, "") % {"who": who}


def _list_changed_by_you(item: Item) -> str:
    if isinstance(item.entry, KeysArranged) and item.entry.why == "left":
        return gettext("Stopped working here:") + f" {names(item.left)}"
    said = [gettext("You decided who can read this")] if not item.joined and not item.left else []
    if item.joined:
        said.append(gettext("You gave %(names)s access") % {"names": names(item.joined)})
    if item.left:
        said.append(gettext("You ended the access of %(names)s") % {"names": names(item.left)})
    return ". ".join(said)


def _list_changed(item: Item) -> str:
    """With %(who)s still in it."""
    if isinstance(item.entry, KeysArranged) and item.entry.why == "left":
        return gettext("Stopped working here:") + f" {_safe(item.left)}"
    said = [] if item.joined or item.left else [gettext("%(who)s changed who can read this")]
    if item.joined:
        said.append(gettext("%(who)s gave access to:") + f" {_safe(item.joined)}")
    if item.left:
        said.append(gettext("%(who)s ended the access of:") + f" {_safe(item.left)}")
    return ". ".join(said)


def _safe(people: tuple[str, ...]) -> str:
    return names(people).replace("%", "%%")


@register.filter
def reason(item: Item) -> str:
    """What somebody wrote down as the reason of something that is not a message."""
    match item.entry:
        case KeysArranged(why=word):
            if word == "reporter" and item.left and not item.by_reporter:
                return gettext("because you do not want this person to read it")
            if word == "code_withdrawn":
                return gettext("because a start code was withdrawn")
            return "" if word in OUR_WORDS else meanwhile(word) or f"“{word}”"
        case ExclusionSettled(note=text) | CaseReopened(text=text) | ReportWithdrawn(text=text):
            return f"“{text}”" if text else ""
    return ""


@register.filter
def why(word: str) -> str:
    """Why somebody can read: a word of ours, or what was written by whoever gave access."""
    return (
        {
            "chosen": gettext("You chose this person"),
            "team": gettext("You chose the team"),
            "on_duty": gettext("Was there when you wrote"),
            "entered": gettext("Was told, or named when it was written down"),
            "reporter": gettext("You chose this person later"),
        }.get(word)
        or meanwhile(word)
        or word
    )
