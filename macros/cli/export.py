"""`python -m macros export FOLDER`: every page as plain Markdown, for any renderer."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from macros.cli.command import Place, politely


def declare(parser: ArgumentParser) -> None:
    parser.add_argument("folder", metavar="FOLDER", help="empty, or an earlier export")


@politely
def run(chosen: Namespace, place: Place) -> int:
    from macros.edit.made_folder import refilled
    from macros.site.export import export

    if not chosen.folder.strip():
        raise ValueError("Name a folder.")
    folder = Path(chosen.folder)
    with refilled(folder, (place.root, place.home)) as draft:
        number = export(place.root, draft)
    print(f"{number} pages are written to {folder}.")
    return 0
