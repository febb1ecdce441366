"""First path segments that are ours, so no organisation may be called like one.

`tests/habits/test_reserved_names.py` proves that every fixed first segment of our addresses is.
"""

from klankbord.kit.sessions.desks import STAFF

LANGUAGE_PREFIXES = frozenset({"fr", "en", "de"})
RESERVED = (
    LANGUAGE_PREFIXES
    | STAFF
    | frozenset(
        {
            "nl",
            "static",
            "exit",
            "healthz",
            "favicon.ico",
            "robots.txt",
            "sitemap.xml",
            "security.txt",
            ".well-known",
            "api",
            "admin",
            "media",
            "hulp",
            "over",
            "privacy",
            "toegankelijkheid",
        }
    )
)
