"""`python -m macros gather FILE…`: one document of the projects that several sites publish."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from macros.cli.command import Place, politely


def declare(parser: ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", metavar="FILE", help="an api/v1/projects.json")


@politely
def run(chosen: Namespace, _: Place) -> int:
    from macros.outputs.api import as_json, gather

    print(as_json(gather((file, Path(file).read_text("utf-8")) for file in chosen.files)), end="")
    return 0
