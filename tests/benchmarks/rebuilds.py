"""Memory after each of many builds in one process, as `serve` makes them. Arguments: a handbook, how many builds."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import sys
import tempfile
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config

SERVED = "http://127.0.0.1:8000/"


def resident() -> float:
    """Give the memory of this process that is in use, in MB."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1024**2


def main() -> None:
    os.chdir(sys.argv[1])
    logging.disable(logging.CRITICAL)
    found = []
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(sys.stderr):
        for _ in range(int(sys.argv[2])):
            config = load_config("mkdocs.yml", site_dir=folder)
            config.plugins.on_startup(command="serve", dirty=False)
            config.site_url = SERVED
            build(config, serve_url=SERVED)
            found.append(resident())
    print(json.dumps(found))


if __name__ == "__main__":
    main()
