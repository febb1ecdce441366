"""What is said about a passphrase that cannot be used."""

from django.utils.translation import gettext


def too_weak() -> str:
    """The new one is too short or too common."""
    return gettext(
        "Choose a longer or less common passphrase: at least 15 characters. Five words that have"
        " nothing to do with each other work well."
    )


def not_the_same() -> str:
    """It was typed twice, differently."""
    return gettext("The two passphrases are not the same. Type the new one twice.")


def wrong() -> str:
    """The present passphrase, asked again, is not right."""
    return gettext("This is not your passphrase. Nothing was changed.")
