"""The published rules (docs/levels.md), worked out a second time and in another way, without `macros`.

Everything is a set of item names, and a rule is a handful of set operations. YAML is read as plain text
(`yaml.BaseLoader`), so that no reader, model or default of the handbook's own code takes part.

Where the page leaves room, this is how it is read here:

- "Counts as met" is met, and for a gate with evidence and `since`. Levels, counts and silo go by it. The working
  stage and hollow go by the answer: a gate said to be met without proof is work done, and can be hollow.
- A month or a year counts by its last day. A review earlier than the evidence renews nothing.
- Of tracks that are equally far behind, imbalance names the first.
- Two stages running are neighbours among the stages where the partner owns items that are asked.
- A finding that is about no track, partner or role has an empty subject; all but imbalance are "watch".
- In a retrospective only imbalance, hollow (between answered items) and unsupported speak.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

Names = frozenset[str]
Judgement = tuple[str, str, str]  # kind, severity, subject


@dataclass(frozen=True)
class Checklists:
    """What is asked: `frame` is navigator.yml, `items` the full name of each item → its own words."""

    frame: dict[str, Any]
    items: dict[str, dict[str, Any]]

    @property
    def limits(self) -> dict[str, int]:
        return {name: int(number) for name, number in self.frame["thresholds"].items()}

    @property
    def stages(self) -> list[int]:
        return sorted(map(int, self.frame["stages"]))


@dataclass(frozen=True)
class Standing:
    """How one project stands on one route.

    `counts` is track → stage → (met, asked); `open` track → stage → items asked and not counted as met.
    `hollow`, `unsupported` and `old` are the items behind the findings of these kinds.
    """

    level: dict[str, int]
    working: dict[str, int]
    counts: dict[str, dict[int, tuple[int, int]]]
    open: dict[str, dict[int, Names]]
    findings: frozenset[Judgement]
    acknowledged: frozenset[str]
    hollow: Names
    unsupported: Names
    old: Names

    def gaps(self, track: str, after: int = 0, upto: int | None = None) -> Names:
        """Name what is open after a stage and up to another, by default the one after the level."""
        end = self.level[track] + 1 if upto is None else upto
        return Names().union(*(names for stage, names in self.open[track].items() if after < stage <= end))


def plain(path: Path) -> Any:
    """Read a YAML file with every value as the text that its author wrote."""
    return yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)


def read_checklists(folder: Path) -> Checklists:
    """Read a folder of checklists: the track of an item is the folder its area's file stands in."""
    frame = plain(folder / "navigator.yml")
    items = {
        f"{path.stem}/{word}": {"track": track, **item}
        for track in frame["tracks"]
        for path in sorted((folder / track).glob("*.yml"))
        for word, item in (plain(path).get("items") or {}).items()
    }
    return Checklists(frame, items)


def read_projects(folder: Path) -> dict[str, dict[str, Any]]:
    """Read the status files of a folder, by project."""
    return {path.stem: plain(path) for path in sorted(folder.glob("*.yml"))}


def several(value: Any) -> list[str]:
    """Read what may be one word or a list of words."""
    return [] if not value else [value] if isinstance(value, str) else list(value)


def answers(project: dict[str, Any]) -> dict[str, dict[str, str]]:
    """Bring short and long answers to the long form; an empty one is no answer."""
    return {
        f"{area}/{word}": {"status": answer} if isinstance(answer, str) else answer
        for area, group in (project.get("status") or {}).items()
        for word, answer in (group or {}).items()
        if answer
    }


def last_day(text: str) -> date:
    year, month, day = [*map(int, text.split("-")), 0, 0][:3]
    month = month or 12
    return date(year, month, day or calendar.monthrange(year, month)[1])


def stand(book: Checklists, project: dict[str, Any], today: date) -> dict[str, Standing]:
    """Judge a project on each of its routes."""
    return {route: _on_route(book, project, route, today) for route in several(project["route"])}


def asked_of(book: Checklists, project: dict[str, Any], route: str) -> Names:
    """Name the items that match the project's modality, donor and route."""
    modality = project["modality"]
    donor = book.frame["modalities"][modality].get("donor") or project.get("donor")
    own = {"modalities": modality, "donor": donor, "route": route}
    limits = {name: item.get("applies-to") or {} for name, item in book.items.items()}
    return frozenset(
        name
        for name, limit in limits.items()
        if all(own[word] in several(limit[word]) for word in own if limit.get(word))
    )


def _on_route(book: Checklists, project: dict[str, Any], route: str, today: date) -> Standing:
    given, items, stages = answers(project), book.items, book.stages
    past = project.get("kind") == "retrospective"
    day = date.fromisoformat(project["assessed"]) if past else today

    def answered(*states: str) -> Names:
        return frozenset(name for name, answer in given.items() if answer["status"] in states)

    gates = frozenset(name for name, item in items.items() if item.get("gate") == "true")
    shown = frozenset(name for name, answer in given.items() if answer.get("evidence") and answer.get("since"))
    asked = asked_of(book, project, route) - answered("not-applicable")
    said = asked & answered("met")
    unsupported = (said & gates) - shown
    met = said - unsupported
    missing = asked - met
    begun = asked & answered("met", "in-progress")

    cell = {
        track: {
            s: frozenset(n for n, i in items.items() if (i["track"], int(i["stage"])) == (track, s)) for s in stages
        }
        for track in book.frame["tracks"]
    }
    held = {track: [s for s in stages if row[s] & gates & missing] for track, row in cell.items()}
    level = {track: max([0, *(s for s in stages if s < min([*held[track], 99]))]) for track in cell}
    working = {track: max([0, *(s for s in stages if row[s] & begun)]) for track, row in cell.items()}
    counts = {track: {s: (len(row[s] & met), len(row[s] & asked)) for s in stages} for track, row in cell.items()}

    known = missing & frozenset(given) if past else missing
    hollow = frozenset(name for name in said if known & set(several(items[name].get("requires"))))
    limit = book.limits["stale-evidence-days"]
    old = frozenset(name for name in met & gates if not past and (day - _proved(given[name])).days > limit)
    findings = {
        *_imbalance(book, level),
        *((("hollow", "watch", ""),) if hollow else ()),
        *((("unsupported", "watch", ""),) if unsupported else ()),
    }
    if not past:
        waited = (day - date.fromisoformat(project["assessed"])).days
        findings |= {("debt", "watch", t) for t in level if working[t] - level[t] >= book.limits["debt"]}
        findings |= {("silo", "watch", who) for who in _carriers(book, met) | _absent(book, met, asked, level)}
        findings |= {("stale", "watch", "")} if waited >= book.limits["stale-days"] else set()
        findings |= {("stale", "watch", "evidence")} if old else set()
    noted = {kind for kind, reason in (project.get("acknowledged") or {}).items() if day <= last_day(reason["until"])}
    return Standing(
        level,
        working,
        counts,
        {track: {s: row[s] & missing for s in stages} for track, row in cell.items()},
        frozenset(findings),
        frozenset(noted & {kind for kind, _, _ in findings}),
        hollow,
        unsupported,
        old,
    )


def _proved(answer: dict[str, str]) -> date:
    return max(last_day(answer[word]) for word in ("since", "reviewed") if answer.get(word))


def _imbalance(book: Checklists, level: dict[str, int]) -> list[Judgement]:
    apart = max(level.values()) - min(level.values())
    behind = [track for track in book.frame["tracks"] if level[track] == min(level.values())]
    if apart < book.limits["imbalance-watch"]:
        return []
    return [("imbalance", "act" if apart >= book.limits["imbalance-act"] else "watch", behind[0])]


def _carriers(book: Checklists, met: Names) -> set[str]:
    """Name the partner, or the hospital's role, that owns too much of what is met."""
    carrier = [book.items[name].get("role") or book.items[name]["owner"] for name in met]
    many = len(met) >= book.limits["silo-least"]
    return {who for who in carrier if many and 100 * carrier.count(who) > book.limits["silo-share"] * len(met)}


def _absent(book: Checklists, met: Names, asked: Names, level: dict[str, int]) -> set[str]:
    """Name the partners who have met nothing in so many stages running."""
    reached = {name for name in asked if int(book.items[name]["stage"]) <= max(level.values())}
    marks = {
        partner: "".join(
            "met " if any(name in met for name in due) else "idle "
            for stage in book.stages
            if (
                due := {n for n in reached if (book.items[n]["owner"], int(book.items[n]["stage"])) == (partner, stage)}
            )
        )
        for partner in book.frame["partners"]
    }
    return {partner for partner, row in marks.items() if "idle " * book.limits["silo-stages"] in row}
