"""More houses for the journeys: one of every kind of first page (P8 to P11)."""

import os
import sys
from datetime import date
from typing import Any

BUREAU, EMPLOYER, WELFARE, SECTOR = "lindebureau", "wolkenrand", "buurtlicht", "koepelnet"
OTHER_EMPLOYER = "zilverberg"
BRUG = "de-brug"
CAMP = "kampzzzz"  # in the address of an activity


def main() -> None:
    """Found them in the data folder of the environment, beside those that are there."""
    import django

    django.setup()
    from klankbord.intake.activities import make_activity
    from klankbord.intake.models import Activity
    from klankbord.kit.clock import today
    from klankbord.organisations.models import Membership
    from klankbord.organisations.services import engage
    from tests import given
    from tests.system.server import mail_of

    bureau = given.a_house(
        BUREAU, "Lindebureau", profile="bureau", country="NL",
        people={"saar": ["counsellor"]}, founder="saar",
    )  # fmt: skip
    employer = given.a_house(
        EMPLOYER, "Wolkenrand", profile="employer", country="NL",
        people={"dani": ["counsellor"]}, founder="dani",
    )  # fmt: skip
    engage(bureau=bureau.organisation, employer=employer.organisation, from_day=date(2026, 9, 1))
    other = given.a_house(
        OTHER_EMPLOYER, "Zilverberg", profile="employer", country="NL",
        people={"sil": ["counsellor"]}, founder="sil",
    )  # fmt: skip
    one_person_in_two(other, employer)
    given.a_house(
        WELFARE, "Buurtlicht", profile="welfare",
        people={"amal": ["counsellor"], "kaat": ["responsible"]}, founder="amal",
    )  # fmt: skip
    given.a_house(
        SECTOR, "Koepelnet", profile="sector", people={"griet": ["officer"]}, founder="griet",
    )  # fmt: skip
    noor = Membership.objects.get(account__mail=mail_of("noor"))
    camp = make_activity(
        noor.organisation, name="Zomerkamp van de rakkers", from_day=today(), until_day=today(),
        by=noor.id, on=today(),
    )  # fmt: skip
    Activity.objects.filter(id=camp.id).update(word=CAMP)


def a_welfare_house() -> None:
    """De Brug, with somebody in each role that its procedures know."""
    import django

    django.setup()
    from tests import given

    given.de_brug()


def one_person_in_two(first: Any, second: Any) -> None:
    """Mila is a counsellor of both employers, with one account and a key of her own in each."""
    from klankbord.config.pinning import pin_founder
    from klankbord.organisations.services import certify, open_account
    from tests import given

    account = open_account(
        mail=f"mila@{first.slug}.example", name="Mila Wolters",
        passphrase="mila wandelt langs de rivier",
    )  # fmt: skip
    for house in (first, second):
        joined = given.a_person(house.organisation, "mila", ["counsellor"], account=account).joined
        pin_founder(house.organisation.id, joined.pair)
        certify(joined.row, signer=joined.row.id, pair=joined.pair, on=given.FOUNDED)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "klankbord.config.settings")
    os.umask(0o077)
    a_welfare_house() if sys.argv[1:] == [BRUG] else main()
