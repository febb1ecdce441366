"""The `klankbord` command from the source tree: `python -m tests.system.serving serve …`."""

import sys

from klankbord.config.cli import main

if __name__ == "__main__":
    sys.exit(main())
