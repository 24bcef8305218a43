"""A region's folder, read, checked and laid over the shared handbook with the layers that it names."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from macros.checks.region import REGION_CHECKS
from macros.checks.sources import keywords_name_places
from macros.load.files import is_there, read_record
from macros.load.layers import OVERLAY, LayerFiles, checked, country_problems, laid, of_countries, of_region
from macros.model.checklist import Titled
from macros.model.handbook import Handbook
from macros.model.overlay import Overlay
from macros.model.region import RegionFile
from macros.model.rules import KeywordFile
from macros.privacy.scan import private_name
from macros.text.messages import M_, Said
from macros.text.problem import Problem, kind
from macros.text.report import stops
from macros.text.source import Source

REGION = "region/region.yml"
KEYWORDS = "region/keywords.yml"


def first_language(home: Path) -> str:
    """Give the first language that a region names, also where its file has mistakes; English where it names none."""
    text = (home / REGION).read_bytes().decode("utf-8", "replace") if is_there(home, REGION) else ""
    found = FIRST_LANGUAGE.search(text)
    return found[1] if found else "en"


FIRST_LANGUAGE = re.compile(r"^languages:\s*[\[-]?\s*[\"']?([A-Za-z-]{2,12})", re.MULTILINE)


def with_region(
    book: Handbook, root: Path, home: Path, sources: dict[str, Source], found: list[Problem], *, whole: bool = True
) -> Handbook:
    """Lay the country and the region over the shared handbook; without `region/` it stays as it is.

    Args:
        root: The folder that holds `checklists/`, with the layers of countries in it.
        home: The folder that holds `region/`.
        sources: The texts of the shared files, by name; those of the layers are added.
        found: Problems are added here; those that stop leave the handbook without layers.
        whole: Whether the layers are checked that are not in use.
    """
    shipped = of_countries(root, sources, found)
    if whole:
        found += country_problems(book, shipped, sources, in_a_region=(home / "region").is_dir())
    region = _region(home, sources, found)
    if region is None:
        return book
    book = replace(book, region=region)
    files = LayerFiles(region, shipped, of_region(home, sources, found))
    found += files.problems(sources)
    layers = files.layers()
    book = _with_facilities(book, region, files.own.get(OVERLAY))
    found += [problem for check in REGION_CHECKS for problem in check(region, sources[REGION], laid(book, layers))]
    found += logo_is_there(sources[REGION], region, home)
    for layer in layers:
        if stops(found):
            return book
        book, problems = checked(book, layer, sources)
        found += [problem for problem in problems if problem not in found and files.can_be_mended(problem)]
    if is_there(home, KEYWORDS):
        sources[KEYWORDS], own = read_record(home, KEYWORDS, KeywordFile, found)
        found += keywords_name_places(book, sources[KEYWORDS], own) if own else ()
        book = with_keywords(book, own) if own else book
    return _with_thresholds(book, region) if not stops(found) else book


def as_far_as_it_fits(book: Handbook, root: Path, home: Path) -> tuple[Handbook, Overlay | None]:
    """Lay the country and the region over a handbook that they may not have been written for.

    What does not fit has no effect. Also returns the region's own overlay.
    """
    sources: dict[str, Source] = {}
    found: list[Problem] = []
    region = _region(home, sources, found)
    if region is None:
        return book, None
    files = of_region(home, sources, found)
    own, layers = files.get(OVERLAY), LayerFiles(region, of_countries(root, sources, found), files).layers()
    book = _with_facilities(replace(book, region=region), region, own)
    return _with_thresholds(laid(book, layers), region), own


def _region(home: Path, sources: dict[str, Source], found: list[Problem]) -> RegionFile | None:
    """Read `region/region.yml`; None where there is no such folder, or the file cannot be used."""
    found += odd_files(home)
    if not (home / "region").is_dir() or (home / "region").is_symlink():
        return None
    if not is_there(home, REGION):
        found += region_file_is_there() if not (home / REGION).is_symlink() else ()
        return None
    sources[REGION], region = read_record(home, REGION, RegionFile, found)
    return region


def _with_facilities(book: Handbook, region: RegionFile, own: Overlay | None) -> Handbook:
    """Let items that a region adds need a facility that only the region has; demand on it is counted as on others."""
    items = [item for group in (own.add.values() if own else ()) for item in group.values()]
    wanted = {item.facility for item in items} & region.facilities.keys() - book.frame.facilities.keys()
    places = {name: place for name, place in region.facilities.items() if name in wanted}
    named = {name: Titled(title=place.title, about=place.about or place.title) for name, place in places.items()}
    return replace(book, frame=book.frame.model_copy(update={"facilities": {**book.frame.facilities, **named}}))


def _with_thresholds(book: Handbook, region: RegionFile) -> Handbook:
    thresholds = book.frame.thresholds
    numbers = {name.replace("-", "_"): number for name, number in region.thresholds.items()}
    known = {name: number for name, number in numbers.items() if name in type(thresholds).model_fields}
    thresholds = thresholds.model_copy(update=known)
    return replace(book, frame=book.frame.model_copy(update={"thresholds": thresholds}))


def with_keywords(book: Handbook, file: KeywordFile) -> Handbook:
    """Add the words of a file to those that a handbook has."""
    keywords = dict(book.keywords)
    for place, words in file.by_place().items():
        keywords[place] = ", ".join(filter(None, [keywords.get(place), words]))
    ignored = (word for words in file.ignored.values() for word in words)
    return replace(book, keywords=keywords, ignored=tuple(dict.fromkeys([*book.ignored, *ignored])))


@kind("no-logo")
def logo_is_there(source: Source, region: RegionFile, home: Path) -> Iterator[Problem]:
    """The logo and the favicon that `region.yml` names are in `region/assets/`.

    Their names have letters, digits, points and hyphens only, such as `logo.svg`.
    """
    for name, picture in (("logo", region.logo), ("favicon", region.favicon)):
        at = source.spot((name,))
        if picture and not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", picture):
            fix = M_("use letters A to Z, digits, points and hyphens, such as logo.svg")
            sentence = M_('"%(name)s" cannot be the name of a picture here', name=picture)
            yield source.problem("no-logo", sentence, at, fix)
        elif picture and not is_there(home, f"region/assets/{picture}"):
            sentence = M_('"%(name)s" is not a file in region/assets/', name=picture)
            yield source.problem("no-logo", sentence, at, M_("put it there, or correct the name"))


@kind("no-region-file")
def region_file_is_there() -> Iterator[Problem]:
    """The folder `region/` holds `region.yml`, which says whose Navigator this is.

    `python -m macros region init NAME` writes a first one.
    """
    fix = M_("run: python -m macros region init NAME")
    yield Problem(REGION, 0, 0, "no-region-file", M_("this file is missing"), fix)


@kind("not-of-a-region")
def odd_files(home: Path) -> Iterator[Problem]:
    """`region/` is a folder with `region.yml`, `overlay.yml`, `keywords.yml`, `upstream.yml`, layers, pages and assets.

    They are files, not links. Anything else there would not be read. Layers are in `region/layers/` and end in `.yml`,
    pages are in `region/pages/` and end in `.md`, catalogues are in `region/languages/` and end in `.po`, and
    translated pages are in `region/languages/sv/pages/`, with the code of their language.
    """
    folder = home / "region"
    if folder.is_symlink() or folder.is_file():
        sentence = M_("this is a link") if folder.is_symlink() else M_("this is a file")
        yield Problem("region", 0, 0, "not-of-a-region", sentence, M_("put the folder itself here"))
        return
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        name = path.relative_to(folder).as_posix()
        top = name.partition("/")[0]
        if top == "layers" or any(part.startswith(".") for part in name.split("/")):
            continue  # layers are looked at when they are read
        if named := [*private_name(f"region/{name}")]:
            yield from named
        elif path.is_symlink():
            yield _odd(name, M_("this is a link"), M_("put the file itself here"))
        elif path.is_file() and name not in OF_A_REGION and top not in OF_A_REGION:
            yield _odd(name, M_("this file is not read"), M_("move it to pages/ or assets/"))
        elif top == "pages" and path.is_file() and path.suffix != ".md":
            yield _odd(name, M_("this is not a page"), M_("move it to region/assets/"))
        elif top == "assets" and path.suffix == ".md":
            yield _odd(name, M_("this is a page"), M_("move it to region/pages/"))


def _odd(name: str, sentence: Said, fix: Said) -> Problem:
    return Problem(f"region/{name}", 0, 0, "not-of-a-region", sentence, fix)


OF_A_REGION = (
    "region.yml",
    "overlay.yml",
    "keywords.yml",
    "upstream.yml",
    "layers",
    "languages",
    "assets",
    "pages",
    "schema",
)
