"""`python -m macros adapt`: accept overlay entries as they are, by fingerprints written into the overlay."""

from argparse import ArgumentParser, Namespace

from macros.changes.accept import accept, due
from macros.cli.command import Place, politely
from macros.edit.write import write_whole
from macros.load.files import read_record
from macros.load.handbook import shared
from macros.load.layers import OVERLAY
from macros.model.items import Layer
from macros.model.overlay import Overlay
from macros.model.resolve import OverlayContext
from macros.text.problem import Problem
from macros.text.report import Problems


def declare(parser: ArgumentParser) -> None:
    parser.add_argument("items", nargs="*", metavar="AREA/ITEM")
    parser.add_argument("--all", action="store_true", help="every entry; the overlay then names the present edition")
    parser.add_argument("--layer", metavar="FILE", default=OVERLAY, help="another layer, such as that of a country")


@politely
def run(chosen: Namespace, place: Place) -> int:
    if not chosen.items and not chosen.all:
        raise ValueError("Name the items to accept, or write --all.")
    file = chosen.layer
    base = place.home if file.startswith("region/") else place.root
    if not (base / file).is_file():
        raise ValueError(f"There is no {file}.")
    handbook = shared(place.root)
    found: list[Problem] = []
    source, overlay = read_record(base, file, Overlay, found)
    if overlay is None:
        raise Problems(found)
    context = OverlayContext(Layer("", overlay.title or "", file, overlay), source, handbook, handbook.areas)
    marks = due(context, chosen.items)
    edition = handbook.frame.edition if chosen.all and overlay.edition != handbook.frame.edition else ""
    text = accept(source, marks, edition)
    if text != source.text:
        write_whole(base / file, text.encode())
    for _, name in marks:
        print(f"{name}: accepted.")
    print(f"{len(marks)} entr{'y' if len(marks) == 1 else 'ies'} of {file} accepted.")
    return 0
