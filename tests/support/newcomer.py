"""Somebody who follows the guides for regions to the letter."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from tests.support.paths import ROOT
from tests.support.region_world import run, with_environment

FORGE = "https://forge.example.org/navigator.git"
COMMAND = ".venv/bin/python -m macros "
BLOCK = re.compile(r"(?:[Pp]ut this into `(?P<file>[^`]+)`[^\n]*:\n\n)?```(?P<kind>\w+)\n(?P<body>.*?)```", re.DOTALL)


class Newcomer:
    """Somebody who does what a guide says, line by line, and nothing else.

    Attributes:
        place: The folder that they are in.
        thin: Whether that is a thin repository, where commands follow `make run DO=`.
        said: Command → what it printed.
    """

    def __init__(self, place: Path, forge: Path, *, thin: bool = False):
        self.place, self.forge, self.thin = place, forge, thin
        self.said: dict[str, str] = {}

    def follow(self, guide: str) -> None:
        for block in BLOCK.finditer((ROOT / "docs/regions" / guide).read_text("utf-8")):
            if block["kind"] == "yaml":
                assert block["file"], "the sentence before names the file"
                (self.place / block["file"]).write_text(block["body"], "utf-8")
            elif block["kind"] == "sh":
                for line in block["body"].strip().splitlines():
                    self.type(line)

    def type(self, line: str) -> None:
        words = shlex.split(line.replace(FORGE, str(self.forge)))
        if self.thin and line.startswith(COMMAND):
            words = ["make", "run", f"DO={line.removeprefix(COMMAND)}"]
        if words[0] == "cd":
            self.place = self.place / words[1]
        elif words == ["make", ".venv/ready"]:
            if not (self.place / ".venv").exists():
                with_environment(self.place)
        else:
            done = run(*words, cwd=self.place)
            assert done.returncode == 0, f"$ {line}\n{done.stdout}"
            self.said[line] = done.stdout
