"""`python -m macros compare BASE [HEAD]`: what changed between two states of the repository."""

import sys
from argparse import SUPPRESS, Action, ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from macros.cli.command import Place, politely
from macros.cli.language import declare_language, language_of
from macros.load.handbook import load
from macros.load.languages import in_language_with_former, spoken
from macros.site.environment import today


class _Schema(Action):
    """Prints the schema and leaves, as `--help` does: nothing else has to be given."""

    def __init__(self, option_strings: list[str], **more: Any) -> None:
        super().__init__(option_strings, **{**more, "dest": SUPPRESS, "nargs": 0})

    def __call__(self, parser: ArgumentParser, *_: Any) -> None:
        from macros.changes.diff_text import schema

        print(schema(), end="")
        parser.exit()


def declare(parser: ArgumentParser) -> None:
    parser.add_argument("base", metavar="BASE", help="a Git revision or a folder")
    parser.add_argument("head", metavar="HEAD", nargs="?", default=".", help="the same; else what is here")
    parser.add_argument(
        "--format",
        choices=["text", "markdown", "json"],
        help="for people, a forge or programs; left out: text in a terminal, markdown elsewhere",
    )
    declare_language(parser)
    parser.add_argument("--schema", action=_Schema, help="print the schema of --format json, and nothing else")


@politely
def run(chosen: Namespace, place: Place) -> int:
    form = chosen.format or ("text" if sys.stdout.isatty() else "markdown")
    return run_compare(place.root, chosen.base, chosen.head, form, place.home, chosen.language)


def run_compare(
    root: Path, base: str, head: str, form: str = "markdown", home: Path | None = None, language: str | None = None
) -> int:
    """Print what changed between two states; for people in their language, for programs in English.

    Args:
        language: Left out, that of the environment or of the region. Its catalogues are those of `root`.
        home: Where `region/` and its projects are, if not in `root`: then these are compared, and `root` is not.

    Raises:
        Problems: one of the states has problems.
        ValueError: with a sentence, where one of them is not there.
    """
    from macros.changes.diff import compare
    from macros.changes.diff_text import as_json, as_markdown, as_text
    from macros.changes.git import state

    thin = home is not None and home != root
    with state(home or root, base) as old, state(home or root, head) as new:
        day = today()
        after, before = (load(root if thin else each, day, each, catalogues=root) for each in (new, old))
        comparison = compare(before, after, day=day)
        if form != "json":
            place = Place(root, home or root, day)
            words = spoken(root, place.home, language_of(language, place, after.region))
            after = in_language_with_former(after, before, *words)
        write = {"text": as_text, "markdown": as_markdown}.get(form)
        print(write(comparison, after) if write else as_json(comparison), end="")
    return 0
