"""A file on standard input becomes a new one on standard output: `picture`, `pdf` or `office`.

Run alone (`python -I -B -m klankbord.kit.files.cleaner <word>`) with an empty environment. The
first byte of the answer says what it is: J, P, D or O. Any failure is an exit status and no word.
"""

import importlib
import os
import sys

from klankbord.kit.files.cleaner.locks import lock_up, shut_the_door

INPUT = 64 * 2**20  # bytes
WORDS = {"picture": "pictures", "pdf": "papers", "office": "office"}


def main(word: str) -> None:
    """Lock up, load what this word takes, shut the door, and only then look at the file."""
    lock_up()
    family = importlib.import_module(f"klankbord.kit.files.cleaner.{WORDS[word]}")
    family.rehearse()
    shut_the_door()
    content = sys.stdin.buffer.read(INPUT + 1)
    if len(content) > INPUT:
        os._exit(3)
    sys.stdout.buffer.write(family.cleaned(content))
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except BaseException:  # a traceback would quote what it met
        os._exit(1)
    os._exit(0)
