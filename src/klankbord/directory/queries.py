"""The social map as the pages need it: help lines of a country, in a language."""

from klankbord.rules.directory import HelpLine, help_lines, urgent

__all__ = ["HelpLine", "help_lines", "urgent"]
