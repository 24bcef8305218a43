"""Whether the areas and items that a status file answers are those of the checklists."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date
from difflib import SequenceMatcher

from macros.checks.words import no_longer_asked, retired
from macros.model.editions import order
from macros.model.handbook import Handbook
from macros.model.status_file import Project
from macros.text.messages import M_, NOTHING, Said, as_written
from macros.text.problem import WARNING, Problem, kind, nearest, or_list, quoted, write
from macros.text.source import Source


@kind("unknown-area")
def answered_items_exist(project: Project, source: Source, handbook: Handbook, _: date) -> Iterator[Problem]:
    """An answer is under an area and an item that the checklists have.

    The names are those of the pages: /areas/analytics/ is the area `analytics`.
    """
    for area, answers in project.status.items():
        if area not in handbook.areas:
            near = write(nearest(area, handbook.areas))
            at = source.spot(("status", area), name=True)
            sentence = M_('"%(area)s" is not an area of the checklists', area=area)
            yield source.problem("unknown-area", sentence, at, near, (M_("all areas: /areas/"),))
            continue
        for word in answers:
            if f"{area}/{word}" not in handbook.every_item:
                yield _unasked(source, handbook, area, word, project.checklist)


def _unasked(source: Source, handbook: Handbook, area: str, word: str, edition: str) -> Problem:
    at = source.spot(("status", area, word), name=True)
    if gone := handbook.areas[area].retired.get(word):
        # An answer given for an earlier edition is kept, and stops nothing, until the team goes through the new one.
        earlier = gone.edition is not None and order(edition) < order(gone.edition)
        fix = M_('move it to "%(item)s", where it counts already', item=gone.to) if gone.same_question else NOTHING
        problem = replace(retired(source, f"{area}/{word}", gone, at), sentence=no_longer_asked(word), fix=fix)
        return replace(problem, severity=WARNING) if earlier or gone.same_question else problem
    elsewhere = [name for name in handbook.items if name.endswith(f"/{word}")]
    near = [] if elsewhere else _near_items(word, handbook.areas[area].items)
    fix = M_('move it under "%(area)s"', area=elsewhere[0].partition("/")[0]) if elsewhere else NOTHING
    fix = fix or (M_("write %(words)s", words=or_list(map(quoted, near))) if near else NOTHING)
    notes = [_asks(handbook, area, item) for item in near] or [M_("its items: /areas/%(area)s/", area=area)]
    sentence = M_('"%(word)s" is not an item of "%(area)s"', word=word, area=area)
    problem = source.problem("unknown-item", sentence, at, fix, notes)
    return replace(problem, instead=near[0]) if len(near) == 1 else problem


def _asks(handbook: Handbook, area: str, word: str) -> Said:
    name = f"{area}/{word}"
    title = as_written(handbook.items[name].title, f"{name} title")
    return M_('"%(item)s" asks: %(title)s', item=word, title=title)


def _near_items(word: str, items: Collection[str]) -> list[str]:
    """Find the items that may be meant: the one that is spelt most alike, and those that end with the same word."""
    near = nearest(word, items)
    if near and SequenceMatcher(None, word, near).ratio() > SURE:
        return [near]
    same_end = [item for item in items if item.rpartition("-")[2] == word.rpartition("-")[2]]
    return list(dict.fromkeys([*([near] if near else []), *same_end]))[:MOST]


SURE, MOST = 0.9, 3  # likeness above which nothing else is named, and how many items are
