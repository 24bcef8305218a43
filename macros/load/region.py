"""A region's folder and its country's layer, read, checked and laid over the shared handbook."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from macros.checks.checklists import CHECKLIST_CHECKS
from macros.checks.editions import EDITION_CHECKS
from macros.checks.overlays import OVERLAY_CHECKS
from macros.checks.region import REGION_CHECKS
from macros.checks.rules import RULE_CHECKS
from macros.checks.sources import SOURCE_CHECKS, keywords_name_places
from macros.load.files import files_of, read_record
from macros.model.handbook import Handbook
from macros.model.items import Layer
from macros.model.overlay import Overlay
from macros.model.region import RegionFile
from macros.model.resolve import OverlayContext, resolve
from macros.model.rules import KeywordFile
from macros.privacy.scan import private_name
from macros.text.problem import Problem, kind, nearest, write
from macros.text.report import stops
from macros.text.source import Source, Spot

COUNTRIES = "checklists/countries"
REGION = "region/region.yml"
OVERLAY = "region/overlay.yml"
KEYWORDS = "region/keywords.yml"


def with_region(book: Handbook, root: Path, home: Path, sources: dict[str, Source], found: list[Problem]) -> Handbook:
    """Lay the country and the region over the shared handbook; without `region/` it stays as it is.

    Args:
        root: The folder that holds `checklists/`, with the layers of countries in it.
        home: The folder that holds `region/`.
        sources: The texts of the shared files, by name; those of the layers are added.
        found: Problems are added here; those that stop leave the handbook without layers.
    """
    countries = {file: _overlay(root, file, sources, found) for file in files_of(root, COUNTRIES, found)}
    for file, overlay in countries.items():
        if overlay:
            found += country_has_a_title(sources[file], overlay)
            found += _checked(book, _country(file, overlay), sources)[1]
    region = _region(home, sources, found)
    if region is None:
        return book
    book = replace(book, region=region)
    if region.country and _file_of(region) not in countries:
        found += unknown_country(sources[REGION], region, countries)
    layers = _layers(region, countries.get(_file_of(region)), _own(home, sources, found))
    found += [problem for check in REGION_CHECKS for problem in check(region, sources[REGION], _with(book, layers))]
    found += logo_is_there(sources[REGION], region, home)
    for layer in layers:
        if stops(found):
            return book
        book, problems = _checked(book, layer, sources)
        found += [problem for problem in problems if problem not in found]
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
    chosen = _file_of(region)
    country = _overlay(root, chosen, sources, found) if region.country and (root / chosen).is_file() else None
    own = _own(home, sources, found)
    return _with_thresholds(replace(_with(book, _layers(region, country, own)), region=region), region), own


def is_there(home: Path, file: str) -> bool:
    """Say whether a file of a region can be read; a link is never followed, as it may lead out of the repository."""
    return (home / file).is_file() and not (home / file).is_symlink() and not (home / "region").is_symlink()


def _file_of(region: RegionFile) -> str:
    """Name the file of a region's country; one that does not exist where it has none."""
    return f"{COUNTRIES}/{region.country}.yml"


def _layers(region: RegionFile, country: Overlay | None, own: Overlay | None) -> list[Layer]:
    """List a region's layers in their order: the country's first."""
    layers = [_country(_file_of(region), country)] if country else []
    return [*layers, Layer("region", region.name, OVERLAY, own)] if own else layers


def _country(file: str, overlay: Overlay) -> Layer:
    return Layer(Path(file).stem, overlay.title or "", file, overlay)


def _with(book: Handbook, layers: Sequence[Layer]) -> Handbook:
    """Lay layers over a handbook, without a look at what is wrong with them."""
    references, motions = dict(book.references), dict(book.motions)
    for layer in layers:
        references |= layer.overlay.references
        motions |= layer.overlay.rules_in_motion
    areas = resolve(book.areas, layers)
    return replace(book, areas=areas, references=references, motions=motions, layers=(*book.layers, *layers))


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


def _overlay(base: Path, file: str, sources: dict[str, Source], found: list[Problem]) -> Overlay | None:
    sources[file], overlay = read_record(base, file, Overlay, found)
    return overlay


def _own(home: Path, sources: dict[str, Source], found: list[Problem]) -> Overlay | None:
    return _overlay(home, OVERLAY, sources, found) if is_there(home, OVERLAY) else None


def _checked(book: Handbook, layer: Layer, sources: dict[str, Source]) -> tuple[Handbook, list[Problem]]:
    """Lay one layer over a handbook; also returns what is wrong with it."""
    context = OverlayContext(layer, sources[layer.file], book, book.areas)
    problems = [problem for check in OVERLAY_CHECKS for problem in check(context)]
    if stops(problems):
        return book, problems
    merged = _with(book, [layer])
    checks = [*CHECKLIST_CHECKS, *EDITION_CHECKS, *SOURCE_CHECKS]
    problems += [problem for check in checks for problem in check(merged, sources)]
    own = replace(merged, rules={}, events={}, motions=layer.overlay.rules_in_motion)
    texts = {**sources, "rules-in-motion": _motions_at_top(sources[layer.file])}
    for problem in [problem for check in RULE_CHECKS for problem in check(own, texts)]:
        problems.append(context.caused_upstream(problem) if problem.kind == "retired-item" else problem)
    return merged, problems


def _motions_at_top(source: Source) -> Source:
    """Let a layer's rules in motion be found where `rules-in-motion.yml` has them."""
    copy = Source(source.file, source.text)
    if "rules-in-motion" in source.data:
        copy.data["rules"] = source.data["rules-in-motion"]
        copy.data.events["rules"] = source.data.events["rules-in-motion"]
    return copy


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


def unknown_country(source: Source, region: RegionFile, countries: dict[str, Overlay | None]) -> Iterator[Problem]:
    """Report that there is no layer for a country."""
    known = [Path(file).stem for file in countries]
    sentence = f'there is no layer for "{region.country}"'
    fix = write(nearest(region.country or "", known)) or "leave the line out until there is one"
    yield source.problem("unknown-word", sentence, source.spot(("country",)), fix)


def country_has_a_title(source: Source, overlay: Overlay) -> Iterator[Problem]:
    """Report a layer of a country without a title, which pages name."""
    if not overlay.title:
        yield source.problem("missing-key", '"title" is missing', Spot(1, 1), 'add a line "title: …"')


@kind("no-logo")
def logo_is_there(source: Source, region: RegionFile, home: Path) -> Iterator[Problem]:
    """The logo that `region.yml` names is in `region/assets/`.

    Its name has letters, digits, points and hyphens only, such as `logo.svg`.
    """
    if region.logo:
        plain = re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", region.logo)
        if not plain or not (home / "region/assets" / region.logo).is_file():
            sentence = f'"{region.logo}" is not a file in region/assets/'
            yield source.problem("no-logo", sentence, source.spot(("logo",)), "put it there, or correct the name")


@kind("no-region-file")
def region_file_is_there() -> Iterator[Problem]:
    """The folder `region/` holds `region.yml`, which says whose Navigator this is.

    `python -m macros region init NAME` writes a first one.
    """
    yield Problem(REGION, 0, 0, "no-region-file", "this file is missing", "run: python -m macros region init NAME")


@kind("not-of-a-region")
def odd_files(home: Path) -> Iterator[Problem]:
    """`region/` holds `region.yml`, `overlay.yml`, `keywords.yml`, `upstream.yml`, pages and assets, as files.

    Anything else there would not be read. Pages are in `region/pages/` and end in `.md`.
    """
    folder = home / "region"
    if folder.is_symlink() or folder.is_file():
        what = "a link" if folder.is_symlink() else "a file"
        yield Problem("region", 0, 0, "not-of-a-region", f"this is {what}", "put the folder itself here")
        return
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        name = path.relative_to(folder).as_posix()
        top = name.partition("/")[0]
        if any(part.startswith(".") for part in name.split("/")):
            continue
        if named := [*private_name(f"region/{name}")]:
            yield from named
        elif path.is_symlink():
            yield Problem(f"region/{name}", 0, 0, "not-of-a-region", "this is a link", "put the file itself here")
        elif path.is_file() and name not in OF_A_REGION and top not in OF_A_REGION:
            sentence = "this file is not read"
            yield Problem(f"region/{name}", 0, 0, "not-of-a-region", sentence, "move it to pages/ or assets/")
        elif top == "pages" and path.is_file() and path.suffix != ".md":
            yield Problem(f"region/{name}", 0, 0, "not-of-a-region", "this is not a page", "move it to region/assets/")
        elif top == "assets" and path.suffix == ".md":
            yield Problem(f"region/{name}", 0, 0, "not-of-a-region", "this is a page", "move it to region/pages/")


OF_A_REGION = ("region.yml", "overlay.yml", "keywords.yml", "upstream.yml", "assets", "pages", "schema")
