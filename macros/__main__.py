"""Where `python -m macros` begins."""

import sys

from macros.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
