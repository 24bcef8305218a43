"""Layers over the checklists, of countries and of a region: files → layers, checked and laid over a handbook."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

from macros.checks.checklists import CHECKLIST_CHECKS
from macros.checks.editions import EDITION_CHECKS
from macros.checks.layer_words import words_are_known_once_laid
from macros.checks.overlays import OVERLAY_CHECKS
from macros.checks.sources import SOURCE_CHECKS
from macros.checks.words import words
from macros.load.files import files_of, is_there, read_record
from macros.model.checklist import Route
from macros.model.handbook import Handbook
from macros.model.items import Layer
from macros.model.overlay import Overlay
from macros.model.region import RegionFile
from macros.model.resolve import OverlayContext, resolve, with_words
from macros.model.rules import BottleneckRule
from macros.text.messages import M_
from macros.text.problem import ERROR, NOTE, Problem, kind, nearest, write
from macros.text.report import stops
from macros.text.source import Source, Spot

COUNTRIES = "checklists/countries"
LAYERS = "region/layers"
OVERLAY = "region/overlay.yml"

Overlays: TypeAlias = Mapping[str, Overlay | None]
"""File → the layer in it; None where it cannot be read."""


def of_countries(root: Path, sources: dict[str, Source], found: list[Problem]) -> Overlays:
    """Read the layers of countries that the shared handbook ships."""
    return {file: _read(root, file, sources, found) for file in files_of(root, COUNTRIES, found)}


def of_region(home: Path, sources: dict[str, Source], found: list[Problem]) -> Overlays:
    """Read the layers that are in a region's own repository, its overlay last."""
    files = files_of(home, LAYERS, found) + [OVERLAY] * is_there(home, OVERLAY)
    return {file: _read(home, file, sources, found) for file in files}


def _read(base: Path, file: str, sources: dict[str, Source], found: list[Problem]) -> Overlay | None:
    sources[file], overlay = read_record(base, file, Overlay, found)
    if overlay and file != OVERLAY:
        found += layer_has_a_title(sources[file], overlay)
    return overlay


@dataclass(frozen=True)
class LayerFiles:
    """The layers that a region can name, and those that it does.

    A layer of its own in `region/layers/` takes the place of a shipped one of the same name, so that a region decides
    when it changes over to the shared one.
    """

    region: RegionFile
    shipped: Overlays
    own: Overlays

    @property
    def _named(self) -> tuple[str, ...]:
        """The layers that the region names, in their order, each once."""
        country = [self.region.country] if self.region.country else []
        return tuple(dict.fromkeys([*country, *self.region.layers]))

    def _file(self, name: str) -> str:
        """Give the file of a layer; empty where there is none of this name."""
        own, shipped = f"{LAYERS}/{name}.yml", f"{COUNTRIES}/{name}.yml"
        return own if own in self.own else shipped if shipped in self.shipped else ""

    def layers(self) -> list[Layer]:
        """List the layers in their order: the country's first, the region's overlay last."""
        found = {**self.shipped, **self.own}
        there = [(name, self._file(name)) for name in self._named]
        layers = [_layer(name, file, overlay) for name, file in there if (overlay := found.get(file))]
        last = self.own.get(OVERLAY)
        return [*layers, Layer("region", self.region.name, OVERLAY, last)] if last else layers

    def problems(self, sources: Mapping[str, Source]) -> Iterator[Problem]:
        """Report layers that are named and not there, and those that are there and not named."""
        source = sources["region/region.yml"]
        paths: list[tuple[str | int, ...]] = [("country",)] if self.region.country else []
        paths += [("layers", number) for number in range(len(self.region.layers))]
        names = ([self.region.country] if self.region.country else []) + [*self.region.layers]
        for path, name in zip(paths, names, strict=True):
            if not self._file(name):
                yield unknown_layer(source, path, name, (Path(file).stem for file in {**self.shipped, **self.own}))
        for file in self.own:
            name = Path(file).stem
            if file != OVERLAY:
                yield from layer_is_used(file, name, used=name in self._named)
                if f"{COUNTRIES}/{name}.yml" in self.shipped:
                    yield from layer_is_shipped(file, name)

    def can_be_mended(self, problem: Problem) -> bool:
        """Say whether a region can do something about a problem: not about hints on a layer that is shipped."""
        return problem.severity == ERROR or problem.file not in self.shipped


def _layer(name: str, file: str, overlay: Overlay) -> Layer:
    return Layer(name, overlay.title or "", file, overlay)


def country_problems(
    book: Handbook, shipped: Overlays, sources: dict[str, Source], *, in_a_region: bool
) -> Iterator[Problem]:
    """Check each layer of a country that is shipped; a region is told what stops it, and cannot mend the rest."""
    for file, overlay in shipped.items():
        problems = checked(book, _layer(Path(file).stem, file, overlay), sources)[1] if overlay else []
        yield from (problem for problem in problems if not in_a_region or problem.severity == ERROR)


def laid(book: Handbook, layers: Sequence[Layer]) -> Handbook:
    """Lay layers over a handbook, without a look at what is wrong with them.

    A named rule of a layer that names an item which is no longer there has no effect, nor has such a milestone.
    """
    made = replace(with_words(book, layers), areas=resolve(book.areas, layers))
    own = {name for layer in layers for name in layer.overlay.rules}
    rules = {name: rule for name, rule in made.rules.items() if name not in own or _has_its_items(rule, made)}
    routes = {name: _asked_route(route, made) for name, route in made.frame.routes.items()}
    return replace(made, rules=rules, frame=made.frame.model_copy(update={"routes": routes}))


def _has_its_items(rule: BottleneckRule, book: Handbook) -> bool:
    return all(word.word in book.every_item for word in words(rule) if word.kind == "item")


def _asked_route(route: Route, book: Handbook) -> Route:
    milestones = tuple(name for name in route.milestones if name in book.every_item)
    return route if milestones == route.milestones else route.model_copy(update={"milestones": milestones})


def checked(book: Handbook, layer: Layer, sources: dict[str, Source]) -> tuple[Handbook, list[Problem]]:
    """Lay one layer over a handbook; also returns what is wrong with it."""
    context = OverlayContext(layer, sources[layer.file], book, book.areas)
    problems = [problem for check in OVERLAY_CHECKS for problem in check(context)]
    if stops(problems):
        return book, problems
    merged = laid(book, [layer])
    checks = [*CHECKLIST_CHECKS, *EDITION_CHECKS, *SOURCE_CHECKS]
    problems += [problem for check in checks for problem in check(merged, sources)]
    problems += words_are_known_once_laid(context, merged)
    return merged, problems


def unknown_layer(source: Source, path: tuple[str | int, ...], name: str, known: Iterator[str]) -> Problem:
    """Report that there is no layer for a country, or none of a name."""
    of_country = M_('there is no layer for "%(country)s"', country=name)
    sentence = of_country if path == ("country",) else M_('there is no layer "%(name)s"', name=name)
    others = sorted({word for word in known if word != Path(OVERLAY).stem})
    file = f"{LAYERS}/{name}.yml"
    fix = write(nearest(name, others)) or M_("write one, %(file)s, or leave it out", file=file)
    return source.problem("unknown-word", sentence, source.spot(path), fix)


def layer_has_a_title(source: Source, overlay: Overlay) -> Iterator[Problem]:
    """Report a layer without a title, which pages name."""
    if not overlay.title:
        fix = M_('add a line "%(name)s: …"', name="title")
        yield source.problem("missing-key", M_('"%(name)s" is missing', name="title"), Spot(1, 1), fix)


@kind("layer-not-used")
def layer_is_used(file: str, name: str, *, used: bool) -> Iterator[Problem]:
    """A layer in `region/layers/` is named in `region/region.yml`, as the country or under `layers`.

    Otherwise nothing in it would count. No layer is called `region`: the region's own is `region/overlay.yml`.
    """
    if name == "region":
        sentence = M_("the region's own layer is region/overlay.yml")
        yield Problem(file, 0, 0, "layer-not-used", sentence, M_("rename the file, for example after the country"))
    elif not used:
        fix = M_(
            'write "country: %(name)s" or "layers: [%(name)s]" in region/region.yml, or delete the file', name=name
        )
        yield Problem(file, 0, 0, "layer-not-used", M_("nothing names this layer"), fix)


@kind("layer-shipped")
def layer_is_shipped(file: str, name: str) -> Iterator[Problem]:
    """A layer of a region's own has another name than those of the shared handbook.

    Where both are there, the region's own counts. Compare the two. When the shared one says what you need, delete
    yours, and the shared one counts.
    """
    theirs = f"{COUNTRIES}/{name}.yml"
    sentence = M_("the shared handbook has a layer of this name too, %(file)s; yours counts", file=theirs)
    fix = M_("compare the two, and delete yours when the shared one says what you need")
    yield Problem(file, 0, 0, "layer-shipped", sentence, fix, severity=NOTE)
