"""`python -m macros gather FILE…`: one document of the projects that several sites publish."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from macros.cli.command import Place, politely
from macros.text.report import printable


def declare(parser: ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", metavar="FILE", help="an api/v1/projects.json")


@politely
def run(chosen: Namespace, _: Place) -> int:
    from macros.outputs.api.gather import gather
    from macros.outputs.api.published import as_json

    found = gather((file, _text(file)) for file in chosen.files)
    for reason in found.left_out:
        print(printable(reason), file=sys.stderr)
    print(as_json(found), end="")
    return 0


def _text(file: str) -> str:
    """Read a document; one that cannot be read is empty, and so left out."""
    try:
        return Path(file).read_text("utf-8")
    except (OSError, ValueError):
        return ""
