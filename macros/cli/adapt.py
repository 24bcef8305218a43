"""`python -m macros adapt`: accept overlay entries as they are, by fingerprints written into the overlay."""

import shutil
from argparse import ArgumentParser, Namespace
from pathlib import Path
from tempfile import TemporaryDirectory

from macros.changes.accept import accept, due
from macros.cli.command import Place, politely
from macros.edit.write import write_whole
from macros.load.files import read_record
from macros.load.handbook import checklists, shared
from macros.load.layers import OVERLAY
from macros.model.items import Layer
from macros.model.overlay import Overlay
from macros.model.resolve import OverlayContext
from macros.text.problem import ERROR, NOTE, Problem
from macros.text.report import Problems, text


def declare(parser: ArgumentParser) -> None:
    parser.add_argument("items", nargs="*", metavar="AREA/ITEM")
    parser.add_argument("--all", action="store_true", help="every entry; the overlay then names the present edition")
    parser.add_argument("--layer", metavar="FILE", default=OVERLAY, help="another layer, such as that of a country")


@politely
def run(chosen: Namespace, place: Place) -> int:
    if not chosen.items and not chosen.all:
        raise ValueError("Name the items to accept, or write --all.")
    file, base = chosen.layer, _folder_of(chosen.layer, place)
    handbook = shared(place.root)
    found: list[Problem] = []
    source, overlay = read_record(base, file, Overlay, found)
    if overlay is None:
        raise Problems(found)
    context = OverlayContext(Layer("", overlay.title or "", file, overlay), source, handbook, handbook.areas)
    marks = due(context, chosen.items)
    written, left = accept(source, marks), []
    if edition := handbook.frame.edition if chosen.all and overlay.edition != handbook.frame.edition else "":
        raised = accept(source, marks, edition)
        left = to_decide(place, base, file, raised)
        written = written if left else raised
    if written != source.text:
        write_whole(base / file, written.encode())
    for _, name in marks:
        print(f"{name}: accepted.")
    print(f"{len(marks)} entr{'y' if len(marks) == 1 else 'ies'} of {file} accepted.")
    if left:
        print("", *map(text, left), f"The edition stays {overlay.edition} until this is decided.", sep="\n\n")
    elif edition:
        print(f"The edition is {edition} now.")
    return 1 if left else 0


def _folder_of(file: str, place: Place) -> Path:
    """Find the folder that a layer is named from.

    Raises:
        ValueError: a plain sentence, when it is not there or not the region's.
    """
    own = file.startswith("region/")
    if not own and (place.home / "region").is_dir():
        raise ValueError(f"{file} belongs to the shared handbook, where its entries are reviewed.")
    base = place.home if own else place.root
    if not (base / file).is_file():
        raise ValueError(f"There is no {file}.")
    return base


def to_decide(place: Place, base: Path, file: str, written: str) -> list[Problem]:
    """List what still has to be decided before a layer names the present edition.

    Args:
        base: The folder that `file` is named from.
        written: The layer as it would be.
    """
    found: list[Problem] = []
    with TemporaryDirectory() as folder:
        home = Path(folder)
        if file.startswith("region/"):
            left_out = shutil.ignore_patterns("pages", "schema")
            shutil.copytree(base / "region", home / "region", symlinks=True, ignore=left_out)
            (home / file).unlink()  # a link would lead to the file itself
            write_whole(home / file, written.encode())
        checklists(place.root, home, found)
    return sorted({it for it in found if it.severity == ERROR or (it.file == file and it.severity != NOTE)})
