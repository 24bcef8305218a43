"""Mistakes in a handbook: a case says only what differs from a sound one.

A file of `tests/checks/problems/` holds the cases of one kind of problem. A case is named after its kind and, behind
two hyphens, what is special about it:

    unknown-status--capital:
      edit: {projects/retina.yml: {replace: 'status: met', with: 'status: Met'}}
      expected: |
        all that `python -m macros check` prints

The steps are made in the order of the fields of `Case`.
"""

from __future__ import annotations

import functools
import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support.paths import HANDBOOK, TESTS

PROBLEMS = TESTS / "checks/problems"
SOUND = TESTS / "checks/sound"
Words = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """One mistake, and what is printed about it.

    Attributes:
        name: The kind of problem, or `kind--variant`.
        expected: All that `python -m macros check` prints.
        also: Folders of `tests/checks/sound/`, laid over the miniature handbook.
        write: File → its text, or a list of pieces: `text`, how many `times`, in which `encoding`.
        edit: File → a text that stands in it once (`replace`) and what stands there instead (`with`, as in `write`);
            or a list of such edits.
        add: File → what stands at its end.
        copy: File → the name of the copy, or `to` and the `encoding` of that name.
        link: File → where a symbolic link of that name leads.
        delete: Files that are missing.
    """

    name: str
    expected: str
    also: list[str] = field(default_factory=list)
    write: dict[str, str | list[Words]] = field(default_factory=dict)
    edit: dict[str, Words | list[Words]] = field(default_factory=dict)
    add: dict[str, str] = field(default_factory=dict)
    copy: dict[str, str | Words] = field(default_factory=dict)
    link: dict[str, str] = field(default_factory=dict)
    delete: list[str] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """The kind of problem that the case is named after."""
        return self.name.partition("--")[0]

    @functools.cached_property
    def files(self) -> dict[str, bytes]:
        """The files that differ from the miniature handbook, with their content; copies and links not included."""
        found = {
            path.relative_to(SOUND / folder).as_posix(): path.read_bytes()
            for folder in self.also
            for path in sorted((SOUND / folder).rglob("*.yml"))
        }
        found |= {file: _written(content) for file, content in self.write.items()}
        for file in [*self.edit, *self.add]:
            found.setdefault(file, (HANDBOOK / file).read_bytes() if (HANDBOOK / file).is_file() else b"")
        for file, edits in self.edit.items():
            found[file] = _edited(found[file], edits if isinstance(edits, list) else [edits])
        return {**found, **{file: found[file] + text.encode() for file, text in self.add.items()}}

    def lay(self, root: Path) -> None:
        """Make the mistake in a copy of the miniature handbook; skip the test where the file system refuses a name."""
        for file, content in self.files.items():
            _put(root / file, content)
        for file, to in self.copy.items():
            name = to if isinstance(to, str) else os.fsdecode(to["to"].encode(to["encoding"]))
            try:
                _put(root / name, (root / file).read_bytes())
            except OSError:
                pytest.skip("this file system refuses the name")
        for name, target in self.link.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).symlink_to(target)
        for file in self.delete:
            (root / file).unlink()


def _written(content: str | list[Words]) -> bytes:
    pieces = [{"text": content}] if isinstance(content, str) else content
    return b"".join(
        piece["text"].encode(piece.get("encoding", "utf-8")) * int(piece.get("times", 1)) for piece in pieces
    )


def _edited(content: bytes, edits: list[Words]) -> bytes:
    for edit in edits:
        old = edit["replace"].encode()
        assert content.count(old) == 1, f"{edit['replace']!r} does not stand there once"
        content = content.replace(old, _written(edit["with"]))
    return content


def _put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def read_cases(path: Path) -> dict[str, Case]:
    """Read the cases of a file: name → case."""
    cases: dict[str, Words] = yaml.load(path.read_text("utf-8"), getattr(yaml, "CBaseLoader", yaml.BaseLoader))
    return {name: Case(name=name, **words) for name, words in cases.items()}


CASES = {name: case for path in sorted(PROBLEMS.glob("*.yml")) for name, case in read_cases(path).items()}
"""Name → case, of all kinds of problems."""


def write_expected(case: Case, printed: str) -> None:
    """Write what is printed into the file of a case, as its last field."""
    path = PROBLEMS / f"{case.kind}.yml"
    block = "".join(f"    {line}\n" if line else "\n" for line in printed.removesuffix("\n").split("\n"))
    old = rf"(?m)^({re.escape(case.name)}:\n(?:(?: .*)?\n)*?  expected: )\|.*\n(?:(?: .*)?\n)*"
    text, found = re.subn(old, lambda place: f"{place[1]}|\n{block}\n", path.read_text("utf-8"))
    assert found == 1, f"{path.name} has no text to replace for {case.name}: write `expected: |` as its last line"
    path.write_text(f"{text.rstrip()}\n", "utf-8")
