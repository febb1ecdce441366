"""Style sheets and pictures: collected, fingerprinted and compressed once, when one has changed."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

STAMP = ".collected-from"


def collect_static_when_stale() -> None:
    """Bring STATIC_ROOT up to date with what the house ships."""
    stamp = Path(settings.STATIC_ROOT) / STAMP
    wanted = what_is_shipped()
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(wanted)


def what_is_shipped() -> str:
    """One digest over the names and bytes of all static files."""
    state = hashlib.blake2b(digest_size=16)
    for finder in get_finders():
        for name, storage in sorted(finder.list(None), key=lambda found: found[0]):
            state.update(name.encode() + b"\0" + Path(storage.path(name)).read_bytes() + b"\0")
    return state.hexdigest()
