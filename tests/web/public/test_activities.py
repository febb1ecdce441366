"""The page behind the link or the QR of an activity, and the paper that goes along with it."""

import re
from datetime import timedelta

import pytest

from klankbord.cases.models import Case
from klankbord.handling import casework
from klankbord.intake.activities import end_activity
from klankbord.intake.models import Activity
from klankbord.kit.clock import day_number, now, today
from tests import given
from tests.proofreading import ProofreadingClient
from tests.web.public.walking import code_on, open_channel, send, text_of, token_on


@pytest.fixture
def camp(house: given.House) -> Activity:
    return given.an_activity(house, "noor", name="Zomerkamp Eikenrode")


def address(camp: Activity, *parts: str) -> str:
    return "/".join([f"/ravelijn/a/{camp.word}", *parts]) + "/"


def test_the_page_says_where_one_is_and_leads_to_every_door(
    client: ProofreadingClient, camp: Activity
) -> None:
    """R-001-41, P9"""
    page = client.get(address(camp))
    assert "Zomerkamp Eikenrode" in text_of(page)
    assert "0470 00 01 12" in text_of(page)
    doors = set(re.findall(r'href="(/ravelijn/a/[^/"]*/[a-z]/)"', page.content.decode()))
    assert doors == {address(camp, letter) for letter in "abcdef"}
    assert not page.cookies


def test_its_title_and_address_say_nothing(client: ProofreadingClient, camp: Activity) -> None:
    """Vault 2.9"""
    for path in (address(camp), address(camp, "b"), address(camp, "sheet")):
        title = client.get(path).content.decode().partition("<title>")[2].partition("<")[0]
        assert "Zomerkamp" not in title


def test_a_parent_asks_something_and_only_who_reads_it_sees_which_camp(
    client: ProofreadingClient, house: given.House, camp: Activity
) -> None:
    """R-001-42"""
    answer = send(client, address(camp, "b"), {"question": "Wie slaapt waar?", "door": "b"})
    assert answer.headers["Location"] == "/ravelijn/c/2/"
    check = client.get("/ravelijn/c/check/")
    assert "Zomerkamp Eikenrode" in text_of(check)
    receipt = client.post("/ravelijn/c/check/", {"form": token_on(check)})
    assert "Zomerkamp" not in text_of(receipt)
    reference = Case.objects.get().reference
    noor = house["noor"].member(now())
    page = casework.open_page(noor, reference, at=now(), language="nl").page
    assert page.activity is not None
    assert page.activity.name == "Zomerkamp Eikenrode"
    mine = client.get(open_channel(client, house, code_on(receipt)))
    assert "Zomerkamp Eikenrode" in text_of(mine)


def test_the_activity_can_be_left_out_before_sending(
    client: ProofreadingClient, house: given.House, camp: Activity
) -> None:
    send(client, address(camp, "b"), {"question": "Wie slaapt waar?", "door": "b"})
    check = client.get("/ravelijn/c/check/")
    page = client.post("/ravelijn/c/check/", {"form": token_on(check), "without": "activity"})
    assert "Zomerkamp" not in text_of(page)
    assert "Wie slaapt waar?" in text_of(page)
    client.post("/ravelijn/c/check/", {"form": token_on(page)})
    noor = house["noor"].member(now())
    case = casework.open_page(noor, Case.objects.get().reference, at=now(), language="nl").page
    assert case.activity is None


def test_the_activity_is_kept_when_the_hour_of_the_draft_passed(
    client: ProofreadingClient, camp: Activity
) -> None:
    page = send(client, address(camp, "b"), {"question": "Mag dit?", "door": "b"})
    page = client.get(page.headers["Location"])
    assert f'name="activity" value="{camp.id.hex}"' in page.content.decode()
    fields = {"form": token_on(page), "door": "b", "activity": camp.id.hex, "relation": "parent"}
    client.cookies.clear()
    client.post("/ravelijn/c/2/", fields)
    assert client.get("/ravelijn/c/check/").context["draft"].activity.name == camp.name


def test_a_neighbours_activity_is_not_taken_for_one_of_here(
    client: ProofreadingClient, house: given.House, neighbour: given.House
) -> None:
    theirs = given.an_activity(neighbour, "nadia", name="Kamp van de buren")
    for path in (f"/ravelijn/a/{theirs.word}/", f"/ravelijn/a/{theirs.word}/sheet/"):
        page = client.get(path)
        assert page.status_code == 404
        assert "Kamp van de buren" not in text_of(page)
    fields = {"question": "Mag dit?", "door": "b", "activity": theirs.id.hex}
    send(client, "/ravelijn/c/b/", fields)
    assert client.get("/ravelijn/c/check/").context["draft"].activity is None


def test_an_unknown_word_still_leads_to_the_doors(
    client: ProofreadingClient, house: given.House
) -> None:
    """What was printed long ago still helps."""
    page = client.get("/ravelijn/a/zzzzzzzz/")
    assert page.status_code == 404
    assert 'href="/ravelijn/c/a/"' in page.content.decode()
    assert client.get("/ravelijn/a/zzzzzzzz/b/").headers["Location"] == "/ravelijn/c/b/"


def test_after_its_time_the_page_helps_on_without_the_activity(
    client: ProofreadingClient, house: given.House, camp: Activity
) -> None:
    long_ago = today() - timedelta(days=100)
    Activity.objects.filter(id=camp.id).update(
        from_day=day_number(long_ago), until_day=day_number(long_ago)
    )
    page = client.get(address(camp))
    assert "is voorbij" in text_of(page)
    assert 'href="/ravelijn/c/a/"' in page.content.decode()
    assert client.get(address(camp, "b")).headers["Location"] == "/ravelijn/c/b/"
    assert "is voorbij" in text_of(client.get(address(camp, "sheet")))


def test_what_was_typed_while_it_ended_is_kept(
    client: ProofreadingClient, house: given.House, camp: Activity
) -> None:
    token = token_on(client.get(address(camp, "b")))
    end_activity(camp, by=house["noor"].membership, on=today())
    fields = {"form": token, "door": "b", "question": "Mag dit?"}
    assert client.post(address(camp, "b"), fields).status_code == 303
    assert "Mag dit?" in text_of(client.get("/ravelijn/c/check/"))


@pytest.mark.parametrize("prefix", ["", "/fr", "/en", "/de"])
def test_the_sheet_for_parents_has_all_they_need_on_paper(
    client: ProofreadingClient, camp: Activity, prefix: str
) -> None:
    """R-001-41: numbers, help lines, how it works and what happens, in four languages."""
    page = client.get(prefix + address(camp, "sheet"))
    html, words = page.content.decode(), text_of(page)
    assert "Zomerkamp Eikenrode" in words
    assert "0470 00 01 12" in words
    assert "0470 00 02 01" in words
    assert "112" in words
    assert f"testserver{prefix}{address(camp)}".rstrip("/") in words
    assert html.count('class="kb-qr"') == 1
    assert "kb-paper" in html


def test_the_poster_speaks_to_children(client: ProofreadingClient, camp: Activity) -> None:
    words = text_of(client.get(address(camp, "poster")))
    assert "Het ligt niet aan jou." in words
    assert "102" in words


def test_the_picture_holds_the_address_and_nothing_else(
    client: ProofreadingClient, camp: Activity, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Never a code: R-001-41, vault 2.2"""
    drawn: list[str] = []
    monkeypatch.setattr(
        "klankbord.web.public.views.activity.picture_of", lambda it: drawn.append(it) or ""
    )
    client.get(address(camp, "poster"))
    assert drawn == [f"http://testserver{address(camp)}"]
