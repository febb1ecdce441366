"""More houses for the journeys: one of every kind of first page (P8 to P11)."""

import os
from datetime import date

BUREAU, EMPLOYER, WELFARE, SECTOR = "lindebureau", "wolkenrand", "buurtlicht", "koepelnet"


def main() -> None:
    """Found them in the data folder of the environment, beside those that are there."""
    import django

    django.setup()
    from klankbord.organisations.services import engage
    from tests import given

    bureau = given.a_house(
        BUREAU, "Lindebureau", profile="bureau", country="NL",
        people={"saar": ["counsellor"]}, founder="saar",
    )  # fmt: skip
    employer = given.a_house(
        EMPLOYER, "Wolkenrand", profile="employer", country="NL",
        people={"dani": ["counsellor"]}, founder="dani",
    )  # fmt: skip
    engage(bureau=bureau.organisation, employer=employer.organisation, from_day=date(2026, 9, 1))
    given.a_house(
        WELFARE, "Buurtlicht", profile="welfare",
        people={"amal": ["counsellor"], "kaat": ["responsible"]}, founder="amal",
    )  # fmt: skip
    given.a_house(
        SECTOR, "Koepelnet", profile="sector", people={"griet": ["officer"]}, founder="griet",
    )  # fmt: skip


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "klankbord.config.settings")
    os.umask(0o077)
    main()
