"""`python -m macros merge PART … --into FOLDER`: one site of the parts that several machines have built."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from macros.cli.command import Place, politely
from macros.edit.parts import merge


def declare(parser: ArgumentParser) -> None:
    parser.add_argument("parts", nargs="+", metavar="PART", help="a folder that PART=2/4 make build has written")
    parser.add_argument("--into", metavar="FOLDER", required=True, help="is replaced by the whole site")


@politely
def run(chosen: Namespace, place: Place) -> int:
    if not chosen.into.strip():
        raise ValueError("Name a folder after --into.")
    number = merge([Path(part) for part in chosen.parts], Path(chosen.into), (place.root, place.home))
    print(f"{number} files of {len(chosen.parts)} parts are in {chosen.into}.")
    return 0
