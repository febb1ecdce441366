"""What a passphrase must be: long, and not one that everybody tries first."""

import unicodedata

LEAST = 15

# Lower case, without spaces: what people type when a form insists on fifteen characters.
_TRIED_FIRST = """
    wachtwoordwachtwoord passwordpassword welkomwelkomwelkom correcthorsebatterystaple
    123456789012345 1234567890123456 qwertyuiopasdfgh azertyuiopqsdfgh vertrouwenspersoon
    grensoverschrijdend klankbordklankbord welkombijklankbord ditismijnwachtwoord
    mijnwachtwoord123 geheimgeheimgeheim ikhebgeenwachtwoord motdepassemotdepasse
    passwortpasswort letmeinletmeinletmein iloveyouiloveyou
"""
COMMON = frozenset(_TRIED_FIRST.split())


class PassphraseTooWeak(ValueError):
    """The passphrase is shorter than fifteen characters, or one of the common ones."""


def check_passphrase(passphrase: str) -> None:
    """Raises `PassphraseTooWeak` for what would be tried first."""
    plain = unicodedata.normalize("NFC", passphrase)
    bare = "".join(sign for sign in plain.casefold() if not sign.isspace())
    if len(plain) < LEAST or bare in COMMON or len(set(bare)) < 5:
        raise PassphraseTooWeak
