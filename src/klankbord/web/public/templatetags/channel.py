"""What happened in a case and who reads it, in words for the reporter."""

from django import template
from django.utils.translation import gettext

from klankbord.handling.channel import Item

register = template.Library()


@register.filter
def event(item: Item) -> str:
    """One line of the thread that is not a message."""
    who = item.by or gettext("Somebody")
    if item.by_reporter:
        own = {
            "report_received": gettext("What you told has arrived"),
            "keys_arranged": gettext("You decided who can read this"),
            "report_withdrawn": gettext("You asked to stop"),
            "report_resumed": gettext("You want to go on after all"),
        }
        return own.get(item.kind, "")
    theirs = {
        "case_read": gettext("%(who)s read this"),
        "keys_arranged": gettext("%(who)s changed who can read this"),
        "exclusion_settled": gettext("%(who)s settled who must not read this"),
        "case_closed": gettext("%(who)s closed this"),
        "case_reopened": gettext("%(who)s took this up again"),
    }
    return theirs.get(item.kind, "") % {"who": who}


@register.filter
def why(word: str) -> str:
    """Why somebody can read: a word of ours, or what was written by whoever gave access."""
    return {
        "chosen": gettext("You chose this person"),
        "team": gettext("You chose the team"),
        "on_duty": gettext("Was there when you wrote"),
        "reporter": gettext("You chose this person later"),
    }.get(word, word)
