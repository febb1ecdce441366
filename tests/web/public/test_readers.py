"""Who may read and who must not: chosen before anything is sealed (R-000-02, P1, P13)."""

from klankbord.cases.models import Case, KeyHolder, Overseer
from tests import given
from tests.proofreading import ProofreadingClient
from tests.web.public.walking import code_on, sent, tell, text_of


def holders(house: given.House) -> set[str]:
    """The first names of those who hold a key of the only case."""
    held = set(
        KeyHolder.objects.filter(compartment__case=Case.objects.get()).values_list(
            "holder", flat=True
        )
    )
    return {name for name, person in house.people.items() if person.membership in held}


def test_only_the_chosen_person_gets_a_key(client: ProofreadingClient, house: given.House) -> None:
    """R-000-02, R-000-31"""
    tell(client, house, {"readers": {"reader": house["tarik"].membership.hex}})
    code_on(sent(client, house))
    assert holders(house) == {"tarik"}


def test_the_team_reads_together_where_the_profile_has_one(
    client: ProofreadingClient, house: given.House
) -> None:
    """P13"""
    tell(client, house, {"readers": {"reader": "team"}})
    code_on(sent(client, house))
    assert holders(house) == {"noor", "tarik"}


def test_it_makes_no_difference_but_not_this_person(
    client: ProofreadingClient, house: given.House
) -> None:
    tell(
        client, house,
        {"readers": {"reader": "anyone", "not_readers": [house["noor"].membership.hex]}},
    )  # fmt: skip
    page = text_of(client.get("/ravelijn/c/check/"))
    assert "Tarik Ravelijn" in page
    code_on(sent(client, house))
    assert holders(house) == {"tarik"}


def test_an_excluded_group_neither_reads_nor_counts(
    client: ProofreadingClient, house: given.House
) -> None:
    tell(client, house, {"readers": {"not_readers": ["group-board"]}})
    code_on(sent(client, house))
    counting = set(Overseer.objects.values_list("membership", flat=True))
    assert house["joris"].membership not in counting
    assert house["els"].membership in counting


def test_a_typed_name_is_told_back_with_what_it_does(
    client: ProofreadingClient, house: given.House
) -> None:
    tell(client, house, {"readers": {"not_named": "de nonkel van Wout"}})
    assert "de nonkel van Wout" in text_of(client.get("/ravelijn/c/check/"))


def test_when_nobody_is_left_nothing_is_sent_and_the_page_says_where_to_go(
    client: ProofreadingClient, house: given.House
) -> None:
    both = [house["noor"].membership.hex, house["tarik"].membership.hex]
    tell(client, house, {"readers": {"not_readers": both}})
    page = client.get("/ravelijn/c/check/")
    assert 'href="tel:112"' in page.content.decode()
    assert "/ravelijn/c/10/" in page.content.decode()
    forced = client.post("/ravelijn/c/check/", {"form": page.context["form_token"]})
    assert forced.status_code == 200
    assert not Case.objects.exists()


def test_a_reader_of_another_organisation_cannot_be_smuggled_in(
    client: ProofreadingClient, house: given.House, neighbour: given.House
) -> None:
    tell(client, house, {"readers": {"reader": neighbour["nadia"].membership.hex}})
    code_on(sent(client, house))
    assert "nadia" not in {
        name
        for name, person in neighbour.people.items()
        if KeyHolder.objects.filter(holder=person.membership).exists()
    }


def test_the_promise_of_each_regime_stands_with_the_person_and_before_the_first_word(
    client: ProofreadingClient, house: given.House
) -> None:
    """P1, R-000-30: a duty of discretion is no professional secrecy."""
    assert "We vertellen je verhaal niet zomaar verder" in text_of(client.get("/ravelijn/c/1/"))
