"""The child locks itself up before it looks at anything somebody sent.

Whoever breaks it through a crafted file finds no key, no file, no network and no time. Nothing is
imported here but what locking takes.
"""

import ctypes
import resource

MEMORY = 512 * 2**20  # bytes of address space: a picture of 40 Mpixel twice, and the libraries
SECONDS = 10  # of processor time
PR_SET_DUMPABLE, PR_SET_NO_NEW_PRIVS = 4, 38
CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000


def lock_up() -> None:
    """Before anything is read: no memory to swell in, no file to write, no way up, no network."""
    for limit, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
    ):
        resource.setrlimit(limit, (most, most))
    libc = ctypes.CDLL(None)
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    libc.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
    if libc.unshare(CLONE_NEWNET) != 0:  # root may; others need a user namespace, where allowed
        libc.unshare(CLONE_NEWUSER | CLONE_NEWNET)


def shut_the_door() -> None:
    """After the last import: no file, socket or pipe can be opened any more."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
