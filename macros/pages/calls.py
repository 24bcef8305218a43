"""The macros that a page calls: `{{ name("word", 3) }}` and nothing else. Pure functions.

A page is no program. A call has a name from the table below and words or whole numbers in brackets; whatever else is
between double braces is refused before a template engine sees it.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from itertools import islice

from macros.pages.places import Places
from macros.text.characters import MOST
from macros.text.messages import M_
from macros.text.problem import Problem, kind, nearest, write
from macros.text.source import Source, Spot

ALONE = (
    "areas change_form data_description data_files example_picture facility_demand forecast_example guide_me"
    " item_sources languages levels_example model_picture modalities named_rules numbers partners portfolio"
    " portfolio_histories portfolio_summary portfolio_trend problems references region_accessibility"
    " region_differences region_imprint region_set_up replay routes rules_in_motion shared_findings shared_gaps"
    " stage_strip stages start status_keys thresholds unless welcome"
)
OF_A_PROJECT = "facts findings head history items links moves notices path picture report timeline use"

MACROS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(ALONE.split(), ()),
    "cite": ("source", "text"),
    "item": ("item", "text?"),
    "ours": ("text?",),
    **{f"{what}_{part}": (what,) for what in ("area", "partner", "modality", "route") for part in ("head", "items")},
    "area_lead_times": ("area",),
    "modality_paths": ("modality",),
    "route_paths": ("route",),
    "stage_head": ("stage",),
    "stage_items": ("stage",),
    "meeting": ("project",),
    "one_history": ("history",),
    "levels_only": ("project",),
    **{f"project_{part}": ("project",) for part in OF_A_PROJECT.split()},
}
"""Name of a view → what each argument names; one with a question mark may be left out. Not every handbook has the
history that a page asks for: it is left out there."""

NAMED = {
    "area": M_("area"),
    "history": M_("history"),
    "item": M_("item"),
    "modality": M_("modality"),
    "partner": M_("partner"),
    "project": M_("project"),
    "route": M_("route"),
    "source": M_("source"),
    "stage": M_("stage"),
}
"""What an argument names → what a message calls it."""

ARGUMENT = r"""(?:"[^"\\{}]*"|'[^'\\{}]*'|[0-9]{1,4})"""
CALL = re.compile(rf"\s*([a-z][a-z_]*)\(\s*({ARGUMENT}(?:\s*,\s*{ARGUMENT})*)?\s*\)\s*")
LONGEST = 500
OTHER_MARKS = re.compile(r"\{%|%\}|\{#[^{}\n]{0,200}#\}")
"""Marks of a template engine that are no calls. `{#name}` after a heading is none."""

FRONT = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*\r?$", re.DOTALL | re.MULTILINE)
ASKED_FOR = re.compile(r"^macros:[ \t]*true[ \t]*\r?$", re.MULTILINE)


def asks_for_macros(text: str) -> bool:
    """Say whether the front matter of a page has the line `macros: true`."""
    front = FRONT.match(text[:10_000])
    return bool(front and ASKED_FOR.search(front[1]))


def _pieces(text: str) -> Iterator[tuple[int, str | None]]:
    """Find what is between double braces: where it begins, and the text; None where the braces are not closed."""
    at = text.find("{{")
    while at >= 0:
        end = text.find("}}", at + 2)
        if end < 0:
            yield at, None
            return
        yield at, text[at + 2 : end]
        at = text.find("{{", end + 2)


@kind("macro-call")
def misread(source: Source, known: Mapping[str, Collection[str]]) -> Iterator[Problem]:
    """A page calls a macro between double braces: its name, then words in quotes or numbers, and nothing more.

    An example between the braces is `item("area/name")`. Pages are text: no conditions, loops or expressions run in
    them. In the pages of a region, double braces are ordinary text unless the page begins with `macros: true` between
    two lines of `---`. To show double braces in a page with macros, write `&#123;&#123;`.

    Args:
        known: What an argument names, such as `item` → the words that exist.
    """
    yield from islice(_misread(source, known), MOST)


def _misread(source: Source, known: Mapping[str, Collection[str]]) -> Iterator[Problem]:
    places = Places(source.text)
    for at, inner in _pieces(source.text):
        if problem := _fault(source, places.of(at, 2), inner, known):
            yield problem
    places = Places(source.text)
    for mark in OTHER_MARKS.finditer(source.text):
        sentence = M_("this is the mark of a template, and pages are text")
        fix = M_("write %(sign)s in place of the brace", sign="&#123;")
        yield source.problem("macro-call", sentence, places.of(mark.start(), 2), fix)


def _fault(source: Source, spot: Spot, inner: str | None, known: Mapping[str, Collection[str]]) -> Problem | None:
    """Say what is wrong with one pair of double braces."""
    call = CALL.fullmatch(inner) if inner is not None and len(inner) <= LONGEST else None
    if inner is None or call is None:
        sentence = M_("these double braces are not closed") if inner is None else M_("this is not a call of a macro")
        fix = M_("write it as %(call)s, or %(signs)s", call='{{ item("area/name") }}', signs="&#123;&#123;")
        return source.problem("macro-call", sentence, spot, fix)
    name, given = call[1], re.findall(ARGUMENT, call[2] or "")
    if name not in MACROS:
        fix = write(nearest(name, MACROS)) or M_("take it out; the guides in docs/ show which there are")
        return source.problem("macro-call", M_('"%(name)s" is not a macro', name=name), spot, fix)
    wanted = MACROS[name]
    form = ", ".join(word.rstrip("?") if word == "stage" else f'"{word.rstrip("?")}"' for word in wanted)
    least = sum(not word.endswith("?") for word in wanted)
    numbers = [what == "stage" for what in wanted[: len(given)]]
    if not least <= len(given) <= len(wanted) or numbers != [word.isdigit() for word in given]:
        sentence = M_('"%(name)s" is not given what it needs', name=name)
        return source.problem("macro-call", sentence, spot, M_("write %(form)s", form=f"{name}({form})"))
    for word, what in zip((word.strip("\"'") for word in given), wanted, strict=False):
        if what in known and word not in known[what]:
            fix = write(nearest(word, known[what])) or M_("name one that there is")
            sentence = M_('"%(word)s" is no %(what)s that there is', word=word, what=NAMED[what])
            return source.problem("macro-call", sentence, spot, fix)
    return None
