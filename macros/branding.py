"""What a region's file sets on the site: name, address, forge and colour."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from macros.handbook import Handbook
from macros.kinds import Problem
from macros.records import read_record
from macros.region import RegionFile
from macros.regional import REGION
from macros.start import EDIT_MARKS

LOOK = "assets/region.css"


def region_of(home: Path) -> RegionFile | None:
    """Read `region/region.yml` for its name and address alone; None where it is missing or has problems."""
    found: list[Problem] = []
    return read_record(home, REGION, RegionFile, found)[1] if (home / REGION).is_file() else None


def edit_address(region: RegionFile) -> str:
    """Give the address under which the region's forge edits docs/; empty where none is named."""
    forge = region.forge
    return f"{forge.address.rstrip('/')}{EDIT_MARKS[forge.kind]}{quote(forge.branch)}/docs/" if forge else ""


def stylesheet(region: RegionFile) -> str:
    """Write the rules that give the site its region's colour; empty where it keeps the shared one."""
    if not region.colour:
        return ""
    return (
        f':root, [data-md-color-scheme="default"], [data-md-color-scheme="slate"] {{\n'
        f"  --md-primary-fg-color: {region.colour};\n"
        f"  --md-primary-fg-color--dark: {region.colour};\n"
        f"  --nav-region: {region.colour};\n"
        "}\n"
    )


def region_files(book: Handbook, home: Path) -> list[tuple[str, bytes]]:
    """List a region's own pages, assets and colour: path under docs/, content; in a fixed order."""
    return [*_region_files(book.region, home)] if book.region else []


def _region_files(region: RegionFile, home: Path) -> Iterator[tuple[str, bytes]]:
    for folder, below in (("pages", "region"), ("assets", "region/assets")):
        top = home / "region" / folder
        for path in sorted(top.rglob("*")) if top.is_dir() else ():
            name = path.relative_to(top).as_posix()
            if path.is_file() and not any(part.startswith(".") for part in name.split("/")):
                yield f"{below}/{name}", path.read_bytes()
    if look := stylesheet(region):
        yield LOOK, look.encode()
