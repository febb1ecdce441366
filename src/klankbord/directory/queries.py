"""The social map as the pages need it: help lines of a country, in a language."""

from klankbord.rules import directory
from klankbord.rules.directory import HelpGroup, HelpLine

__all__ = ["HelpGroup", "HelpLine", "help_groups", "help_lines", "urgent"]


def help_groups(country: str, language: str) -> tuple[HelpGroup, ...]:
    """Help lines under their headings. `country` as an organisation has it (`BE`, `NL`)."""
    return directory.help_groups(country.lower(), language)


def help_lines(country: str, language: str) -> tuple[HelpLine, ...]:
    """All help lines of a country, in the order of their page."""
    return directory.help_lines(country.lower(), language)


def urgent(country: str, language: str) -> tuple[HelpLine, ...]:
    """The few lines that stand on every page: danger first, then somebody to talk to (P7)."""
    return directory.urgent(country.lower(), language)
