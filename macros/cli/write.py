"""`python -m macros write`: what is generated and kept in the repository."""

from argparse import ArgumentParser, Namespace

from macros.cli.command import Place
from macros.load.handbook import load


def declare(_: ArgumentParser) -> None:
    """Add nothing: it takes no arguments."""


def run(_: Namespace, place: Place) -> int:
    from macros.outputs.editor_schemas import write

    handbook = load(place.root, place.day, place.home)
    base = place.home if handbook.region else place.root
    changed = write(base, handbook)
    print("\n".join(f"{path.relative_to(base).as_posix()} is new." for path in changed) or "Everything is fresh.")
    return 0
