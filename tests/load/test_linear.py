"""Twice the text is twice the work: nobody stops a check or a mend by the form of one file."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from unittest import mock

import pytest

from macros.fields.shape import shape
from macros.load.autofix import mend
from macros.load.handbook import survey
from macros.model.status_file import StatusFile
from macros.text import characters, restrictions
from macros.text.formats import as_json, github, gitlab
from macros.text.reader import read
from macros.text.report import report
from tests.support.small import TODAY
from tests.support.steps import steps

FILE = "projects/x.yml"
HEAD = "title: x\nstatus:\n  a:\n"
FORMS: dict[str, Callable[[int], str]] = {
    "no space after colons": lambda n: "".join(f"k{i}:b\n" for i in range(n)),
    "no space in a group": lambda n: HEAD + "".join(f"    k{i}:b\n" for i in range(n)),
    "no space and groups": lambda n: "status:\n" + "".join(f"  k{i}:\n    a:b\n" for i in range(n)),
    "no space and comments": lambda n: "".join(f"k{i}:b\n# c\n" for i in range(n)),
    "words in capitals": lambda n: HEAD + "".join(f"    k{i}: MET\n" for i in range(n)),
    "words that cannot be replaced": lambda n: HEAD + "".join("    k: {status: MET}\n" for i in range(n)),
    "unknown words": lambda n: HEAD + "".join(f"    k{i}: mett\n" for i in range(n)),
    "equal names": lambda n: "a: b\n" * n,
    "tabs": lambda n: "status:\n" + "".join(f"\tk{i}: b\n" for i in range(n)),
    "tabs within lines": lambda n: "".join(f"k{i}:\tb\n" for i in range(n)),
    "groups in one line": lambda n: "a: {" + "".join(f"k{i}: v, " for i in range(n)) + "}\n",
    "equal names in one line": lambda n: "a: {" + "k: v, " * n + "}\r\n",
    "links in one line": lambda n: "a: [" + "&a b, " * n + "]\n",
    "signs in one line": lambda n: "a: [" + '"b"#, ' * n + "] #x\n",
    "escapes in one line": lambda n: "a: [" + '"\\t", ' * n + "]\n",
    "blank lines": lambda n: "a: b\n" + "\n" * n + "c\n",
    "lists": lambda n: "a:\n" + "  - b\n" * n,
}


def looked_at(text: str) -> None:
    """Read a text, and say what is wrong with it in all forms."""
    source, problems = read(FILE, text.encode())
    if not problems and isinstance(found := shape(StatusFile, source), list):
        problems = found
    for write in (report, github, gitlab, as_json):
        write(problems)


@pytest.mark.parametrize("work", [looked_at, lambda text: mend(FILE, text)], ids=["check", "mend"])
@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_twice_the_text_is_at_most_twice_the_work(form: Callable[[int], str], work: Callable[[str], None]) -> None:
    work(form(60))  # what is made once
    small, large = (steps(partial(work, form(number))) for number in (120, 240))
    assert large <= 2.2 * small, (small, large)


def test_twice_the_projects_are_twice_the_work(handbook: Path) -> None:
    text = (handbook / "projects/retina.yml").read_text("utf-8")
    counts = []
    for number in (2, 6, 14):  # so many more, and twice as many more
        for more in range(number):
            (handbook / f"projects/more-{more}.yml").write_text(text, "utf-8")
        survey(handbook, TODAY)
        counts.append(steps(lambda: survey(handbook, TODAY)))
    first, second, third = counts
    assert third - second <= 2.1 * (second - first)


# --- expressions, whose steps nobody counts: how much text they are given ---


class Counting:
    """An expression that counts the characters that it is given to look at."""

    def __init__(self, expression: re.Pattern[str], weigh: Callable[[int], int]) -> None:
        self.expression, self.weigh, self.seen = expression, weigh, 0

    def search(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        end = len(text) if end is None else end
        self.seen += self.weigh(end - start)
        return self.expression.search(text, start, end)


def seen(module: object, name: str, weigh: Callable[[int], int], text: str) -> int:
    counting = Counting(getattr(module, name), weigh)
    with mock.patch.object(module, name, counting):
        read(FILE, text.encode())
    return counting.seen


def test_the_expression_for_tables_gets_short_lines_only() -> None:
    """It takes the square of what it is given."""
    for form in ("a: ", "a:\t", "a: #\t", "a: b\r"):
        small, large = (seen(characters, "CELLS", lambda size: size**2, form * n + "\t") for n in (5000, 10_000))
        assert large <= 2.1 * small
    assert seen(characters, "CELLS", lambda size: size, "a: b\tc\td\n") > 0


def test_each_quoted_text_is_looked_at_once() -> None:
    small, large = (seen(restrictions, "DISK", lambda size: size, FORMS["escapes in one line"](n)) for n in (500, 1000))
    assert 0 < large <= 2.1 * small


def test_problems_of_one_line_share_it() -> None:
    problems = read(FILE, FORMS["equal names in one line"](100).encode())[1]
    assert len(problems) == 99
    assert len({id(problem.excerpt) for problem in problems}) == 1


def test_a_table_in_a_line_of_ordinary_length_is_still_seen() -> None:
    text = "status:\n  a:\n    b: met\t2026-01-01\tReport 1\n"
    assert [problem.sentence for problem in read(FILE, text.encode())[1]] == ["cells of a table were pasted here"]


def test_a_group_without_any_space_is_mended_whole() -> None:
    """Where it is a group: below a name alone it may also be a text."""
    for before in ("", HEAD + "    k: met\n"):
        group = "".join(f"{'    ' if before else ''}k{number}:met\n" for number in range(240))
        assert len(mend(FILE, before + group).done) == 240
        assert mend(FILE, before + group).text == before + group.replace(":met", ": met")
