"""A form of a step that was open when the session ended comes back whole, every box of it."""

from datetime import date

from django.test import RequestFactory

from klankbord.rules.forms.reading import load_form
from klankbord.web.access import Kept
from klankbord.web.components.forms import resumed
from klankbord.web.workbench import forms

PATH = "/werk/RAV-0001/step/"
TYPED = (
    ("measures.1.what", "Elke week overleg"),
    ("measures.1.for_whom", "team"),
    ("measures.1.for_whom", "group"),
    ("measures.2.why", "Omdat het eerder misliep"),
    ("with_whom", "employees"),
    ("with_whom", "alleged"),
)


def test_everything_typed_in_a_session_that_ended_is_back() -> None:
    request = RequestFactory().post(PATH)
    request.session = {}  # type: ignore[assignment]
    forms.take_along(request, Kept(PATH, TYPED))
    data = forms.all_taken_up(request, PATH)
    form = load_form("measures", 1, "nl")
    page = resumed(form, data, today=date(2026, 12, 3), elsewhere=frozenset())
    assert page.answers == {
        "measures": [
            {"what": "Elke week overleg", "for_whom": ["group", "team"]},
            {"why": "Omdat het eerder misliep"},
        ],
        "with_whom": ["employees", "alleged"],
    }
    assert page.problems == ()
    assert not page.settled
    assert forms.all_taken_up(request, PATH) == {}
