"""`python -m macros export FOLDER`: every page as plain Markdown, for any renderer."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from macros.cli.command import Place, refuse


def declare(parser: ArgumentParser) -> None:
    parser.add_argument("folder", metavar="FOLDER", help="empty, or an earlier export")


def run(chosen: Namespace, place: Place) -> int:
    from macros.site.export import empty, export

    folder = Path(chosen.folder)
    try:
        empty(folder)
        number = export(place.root, folder)
    except ValueError as error:
        return refuse(error)
    print(f"{number} pages are written to {folder}.")
    return 0
