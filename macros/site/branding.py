"""What a region's file sets on the site: name, address, forge and colour."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from markupsafe import escape
from mkdocs.structure.files import File

from macros.language.catalogue import Catalogue
from macros.language.translated import region_in
from macros.load.files import is_there, read_record
from macros.load.region import REGION
from macros.model.region import RegionFile
from macros.outputs.forge import EDIT_MARKS
from macros.text.messages import Language
from macros.text.problem import Problem

STYLESHEET = "assets/region.css"


def region_of(home: Path) -> RegionFile | None:
    """Read `region/region.yml` for its name and address alone; None where it is missing or has problems."""
    found: list[Problem] = []
    return read_record(home, REGION, RegionFile, found)[1] if is_there(home, REGION) else None


def edit_address(region: RegionFile) -> str:
    """Give the address under which the region's forge edits docs/; empty where none is named."""
    forge = region.forge
    return f"{forge.address.rstrip('/')}{EDIT_MARKS[forge.kind]}{quote(forge.branch)}/docs/" if forge else ""


def brand(config: Any, region: RegionFile, language: Language, catalogues: Mapping[str, Catalogue]) -> None:
    """Give the site its region's name, address and look. The pages of the shared handbook are edited upstream.

    Args:
        config: That of MkDocs.
        language: That of the pages.
        catalogues: Those of the language.
    """
    region = region_in(region, language, catalogues)
    config.site_name = escape(region.site.name)  # the theme writes it as it is, and escapes it in attributes only
    if region.site.footer:
        config.copyright = f"{escape(region.site.footer)} {config.copyright or ''}"
    if region.favicon:
        config.theme["favicon"] = f"region/assets/{region.favicon}"
    if not (config.site_url or "").startswith("http://"):  # `serve` has put its own address there
        config.site_url = region.site.address
    if region.logo:
        config.theme["logo"] = f"region/assets/{region.logo}"
    config.extra |= {"statement": bool(region.accessibility), "imprint": bool(region.imprint)}
    if region.colour:
        config.extra_css.append(STYLESHEET)


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


def region_files(region: RegionFile | None, home: Path) -> Iterator[tuple[str, str, bytes]]:
    """List a region's own pages, assets and colour, in a fixed order: path under docs/, source, content."""
    if region is None:
        return
    for folder, below in (("pages", "region"), ("assets", "region/assets")):
        top = home / "region" / folder
        for path in sorted(top.rglob("*")) if top.is_dir() else ():
            name = path.relative_to(top).as_posix()
            if path.is_file() and not any(part.startswith(".") for part in name.split("/")):
                yield f"{below}/{name}", f"region/{folder}/{name}", path.read_bytes()
    if rules := stylesheet(region):
        yield STYLESHEET, REGION, rules.encode()


def of_region(config: Any, region: RegionFile | None, home: Path) -> Iterator[File]:
    """Make the files of the site that are a region's own; the pencil opens them in its repository."""
    for path, source, content in region_files(region, home):
        file = File.generated(config, path, content=content)
        file.edit_uri = f"../{source}"
        yield file
