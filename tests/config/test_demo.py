"""The demo says in its paper what it prints on the screen."""

from pathlib import Path

from klankbord.config.demo.people import HEAD, HOUSES, PEOPLE, table
from klankbord.organisations.services.passphrases import check_passphrase
from klankbord.rules.profiles.reading import load_profile

PAPER = Path(__file__).parents[2] / "docs" / "demo.md"


def test_the_paper_holds_every_account_of_the_demo() -> None:
    lines = PAPER.read_text().splitlines()
    rows = [f"| {' | '.join(row)} |" for row in (HEAD, *table())]
    assert [line for line in lines if line in rows] == rows


def test_the_paper_holds_every_organisation_of_the_demo() -> None:
    for house in HOUSES:
        assert f"| `/{house.slug}/` | {house.name} |" in PAPER.read_text()


def test_every_passphrase_of_the_demo_would_be_accepted() -> None:
    for person in PEOPLE:
        check_passphrase(person.passphrase)
    assert len({person.passphrase for person in PEOPLE}) == len(PEOPLE)


def test_every_role_of_every_profile_is_held_by_somebody() -> None:
    """The demo has people in every role."""
    for house in HOUSES:
        held = {
            role for person in PEOPLE for post in person.posts if post.house == house.slug
            for role in post.roles
        }  # fmt: skip
        known = {role.key for role in load_profile(house.profile, 1, "nl").roles}
        assert held == known, house.slug
