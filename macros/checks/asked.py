"""Whether the areas and items that a status file answers are those of the checklists."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date
from difflib import SequenceMatcher

from macros.model.editions import order
from macros.model.handbook import Handbook
from macros.model.status_file import Project
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
            sentence = f'"{area}" is not an area of the checklists'
            yield source.problem("unknown-area", sentence, at, near, ("all areas: /areas/",))
            continue
        for word in answers:
            if f"{area}/{word}" not in handbook.every_item:
                yield _unasked(source, handbook, area, word, project.checklist)


def _unasked(source: Source, handbook: Handbook, area: str, word: str, edition: str) -> Problem:
    at = source.spot(("status", area, word), name=True)
    if gone := handbook.areas[area].retired.get(word):
        # An answer given for an earlier edition is kept, and stops nothing, until the team goes through the new one.
        earlier = gone.edition is not None and order(edition) < order(gone.edition)
        fix = f'move it to "{gone.to}", where it counts already' if gone.same_question else ""
        problem = source.problem("retired-item", f'"{word}" is no longer asked', at, fix, (gone.moves,))
        return replace(problem, severity=WARNING) if earlier or gone.same_question else problem
    elsewhere = [name for name in handbook.items if name.endswith(f"/{word}")]
    near = [] if elsewhere else _near_items(word, handbook.areas[area].items)
    fix = f'move it under "{elsewhere[0].partition("/")[0]}"' if elsewhere else ""
    fix = fix or (f"write {or_list(map(quoted, near))}" if near else "")
    notes = [f'"{item}" asks: {handbook.items[f"{area}/{item}"].title}' for item in near]
    notes = notes or [f"its items: /areas/{area}/"]
    problem = source.problem("unknown-item", f'"{word}" is not an item of "{area}"', at, fix, notes)
    return replace(problem, instead=near[0]) if len(near) == 1 else problem


def _near_items(word: str, items: Collection[str]) -> list[str]:
    """Find the items that may be meant: the one that is spelt most alike, and those that end with the same word."""
    near = nearest(word, items)
    if near and SequenceMatcher(None, word, near).ratio() > SURE:
        return [near]
    same_end = [item for item in items if item.rpartition("-")[2] == word.rpartition("-")[2]]
    return list(dict.fromkeys([*([near] if near else []), *same_end]))[:MOST]


SURE, MOST = 0.9, 3  # likeness above which nothing else is named, and how many items are
