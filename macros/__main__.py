"""Where `python -m macros` begins."""

from __future__ import annotations

import sys

from macros.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
