"""The clock of a served system, on as many days ahead as a test wrote in a file.

Days that lie ahead in a story, such as a promised one, are lived and not faked: whoever reads the
clock of the system, in the parent or in a worker, reads this one. The server of
`tests.system.moved_serving` runs the application below.
"""

import os
from datetime import datetime, timedelta
from pathlib import Path

from klankbord.kit import clock

AHEAD = "KLANKBORD_TEST_AHEAD"  # the file with the number of days
_real = clock.now


def moved() -> datetime:
    """That many days ahead."""
    return _real() + timedelta(days=int(Path(os.environ[AHEAD]).read_text()))


clock.now = moved

from klankbord.config import wsgi  # noqa: E402

application = wsgi.application
