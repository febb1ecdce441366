"""One report through the running system: told, sealed, read, answered, found back with the code."""

from tests.system.server import HOUSE, Server, mail_of, passphrase_of
from tests.system.visitor import enter, sign_in, tell

STORY = "Op de laatste avond werd er met mij gelachen in de slaapzaal."


def test_a_report_is_told_read_and_answered_and_the_answer_found_with_the_code(
    either: Server,
) -> None:
    either.start()
    code = tell(either.visitor(), HOUSE, {"happened": STORY, "danger": "no"})

    noor = either.visitor()
    inbox = sign_in(noor, mail_of("noor"), passphrase_of("noor"))
    case = noor.get(next(it for it in inbox.links if it.startswith("/werk/") and it.count("-")))
    assert STORY in case.text
    answered = noor.press(case, {"answer": "Dank je dat je dit vertelt."})
    assert answered.status == 302, answered.text

    page = enter(either.visitor(), HOUSE, code)
    assert "Dank je dat je dit vertelt." in page.text
    either.stop()
