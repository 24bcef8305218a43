"""The published rules (docs/levels.md), worked out a second time and in another way, without `macros`.

Everything is a set of item names, and a rule is a handful of set operations. YAML is read as plain text
(`yaml.BaseLoader`), so that no reader, model or default of the handbook's own code takes part.

Where the page leaves room, this is how it is read here:

- "Counts as met" is met, and for a gate with evidence and `since`. Levels, counts and silo go by it. The working
  stage and hollow go by the answer: a gate said to be met without proof is work done, and can be hollow.
- "Answered as open" is in progress or not met, and not owed. A gate said to be met without proof is neither that nor
  unanswered: it holds the confirmed level, and nothing else.
- A stage confirmed as a whole answers the items up to it with "met"; without a date or evidence it answers none.
- A month or a year counts by its last day. A review earlier than the evidence renews nothing. Evidence of 12 months
  is valid up to the same day a year later.
- Of tracks that are equally far behind, imbalance names the first.
- Two stages running are neighbours among the stages where the partner owns items that are asked.
- A finding that is about no track, partner or role has an empty subject.
- In a retrospective only imbalance, hollow, unlawful, owed and unsupported speak, and nothing is asked.
"""

from __future__ import annotations

import calendar
import functools
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

Names = frozenset[str]
NONE: Names = frozenset()
Judgement = tuple[str, str, str]  # kind, severity, subject
Causes = tuple[Names, Names]  # answered items, and those that nobody has looked at


@dataclass(frozen=True)
class Checklists:
    """What is asked: `frame` is navigator.yml, `items` the full name of each item → its own words.

    `renamed` is the full name of an item that is no longer asked → the item with the same question.
    """

    frame: dict[str, Any]
    items: dict[str, dict[str, Any]]
    renamed: dict[str, str]

    @property
    def limits(self) -> dict[str, int]:
        return {name: int(number) for name, number in self.frame["thresholds"].items()}

    @property
    def stages(self) -> list[int]:
        return sorted(map(int, self.frame["stages"]))


@dataclass(frozen=True)
class Standing:
    """How one project stands on one route.

    `counts` is track → stage → (met, asked); `open` track → stage → items asked and not counted as met; `findings`
    what is found → the items behind it.
    """

    level: dict[str, int]
    possible: dict[str, int]
    working: dict[str, int]
    counts: dict[str, dict[int, tuple[int, int]]]
    open: dict[str, dict[int, Names]]
    findings: dict[Judgement, Causes]
    acknowledged: frozenset[str]

    def gaps(self, track: str, after: int = 0, upto: int | None = None) -> Names:
        """Name what is open after a stage and up to another, by default the one after the level."""
        end = self.level[track] + 1 if upto is None else upto
        return NONE.union(*(names for stage, names in self.open[track].items() if after < stage <= end))


PLAIN = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""The same values from either, ten times as fast from the first."""


def plain(path: Path) -> Any:
    """Read a YAML file with every value as the text that its author wrote."""
    return yaml.load(path.read_text("utf-8"), Loader=PLAIN)


@functools.cache
def read_checklists(folder: Path) -> Checklists:
    """Read a folder of checklists: the track of an item is the folder its area's file stands in."""
    frame = plain(folder / "navigator.yml")
    files = {
        path.stem: (track, plain(path)) for track in frame["tracks"] for path in sorted((folder / track).glob("*.yml"))
    }
    items = {
        f"{area}/{word}": {"track": track, **item}
        for area, (track, file) in files.items()
        for word, item in (file.get("items") or {}).items()
    }
    renamed = {
        f"{area}/{word}": gone["to"]
        for area, (_, file) in files.items()
        for word, gone in (file.get("retired") or {}).items()
        if isinstance(gone, dict) and gone.get("same-question") == "true"
    }
    return Checklists(frame, items, renamed)


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
    """Name the items that match the project's modality, donor, delivery and route."""
    modality = project["modality"]
    donor = book.frame["modalities"][modality].get("donor") or project.get("donor")
    delivery = project.get("delivery") or [*several(book.frame["modalities"][modality].get("delivery") or []), None][0]
    own = {"modalities": modality, "donor": donor, "delivery": delivery, "route": route}
    limits = {name: item.get("applies-to") or {} for name, item in book.items.items()}
    return frozenset(
        name
        for name, limit in limits.items()
        if all(own[word] in (None, *several(limit[word])) for word in own if limit.get(word))
    )


def _confirmed(book: Checklists, project: dict[str, Any]) -> dict[str, dict[str, str]]:
    """Answer what stages confirmed as a whole stand for, the lowest stage first."""
    found: dict[str, dict[str, str]] = {}
    for track, stages in (project.get("confirmed") or {}).items():
        for stage, whole in sorted(stages.items(), key=lambda entry: int(entry[0])):
            for name, item in book.items.items():
                asked = name in book.renamed.values() or (
                    _edition(item.get("since", "v0.0")) <= _edition(whole["checklist"])
                )
                covered = asked and item["track"] == track and int(item["stage"]) <= int(stage)
                if covered and whole.get("since") and whole.get("evidence"):
                    found.setdefault(name, {"status": "met", "since": whole["since"], "evidence": whole["evidence"]})
    return found


def _edition(text: str) -> tuple[int, ...]:
    return tuple(map(int, text.removeprefix("v").split(".")))


def _on_route(book: Checklists, project: dict[str, Any], route: str, today: date) -> Standing:
    items, stages, limits = book.items, book.stages, book.limits
    own = answers(project)
    moved = {book.renamed[name]: answer for name, answer in own.items() if name in book.renamed}
    given = _confirmed(book, project) | moved | own
    past = project.get("kind") == "retrospective"
    day = date.fromisoformat(project["assessed"]) if past else today

    def answered(*states: str) -> Names:
        return frozenset(name for name, answer in given.items() if answer["status"] in states)

    def flagged(field: str) -> Names:
        return frozenset(name for name, item in items.items() if item.get(field) == "true")

    gates = flagged("gate")
    shown = frozenset(name for name, answer in given.items() if answer.get("evidence") and answer.get("since"))
    asked = asked_of(book, project, route) - answered("not-applicable")
    said = asked & answered("met")
    unsupported = (said & gates) - shown
    met = said - unsupported
    undone = asked & answered("in-progress", "not-met")
    owed = undone & flagged("can-be-owed") & {name for name, answer in given.items() if answer.get("owed") == "true"}
    known = undone - owed
    blank = asked - frozenset(given)
    missing = asked - met
    begun = asked & answered("met", "in-progress")

    cell = {
        track: {
            s: frozenset(n for n, i in items.items() if (i["track"], int(i["stage"])) == (track, s)) for s in stages
        }
        for track in book.frame["tracks"]
    }

    def below(holding: Names) -> dict[str, int]:
        held = {track: [s for s in stages if row[s] & gates & holding] for track, row in cell.items()}
        return {track: max([0, *(s for s in stages if s < min([*held[track], 99]))]) for track in cell}

    def between(track: str, after: int, upto: int, among: Names) -> Names:
        return NONE.union(*(cell[track][s] & gates & among for s in stages if after < s <= upto))

    level, ceiling = below(missing - owed), below(known)
    working = {track: max([0, *(s for s in stages if row[s] & begun)]) for track, row in cell.items()}
    findings: dict[Judgement, Causes] = {}

    def find(kind: str, severity: str, subject: str, causes: Names = NONE, unknown: Names = NONE) -> None:
        if severity == "ask":
            causes = NONE
        if unknown or severity != "ask":
            findings[kind, severity, subject] = (causes, unknown)

    def apart(distance: int) -> str:
        passed = [severity for severity in ("act", "watch") if distance >= limits[f"imbalance-{severity}"]]
        return passed[0] if passed else ""

    high, tracks = max(level.values()), list(level)
    behind, lowest = min(tracks, key=lambda t: ceiling[t]), min(tracks, key=lambda t: level[t])
    severity, stage = apart(high - ceiling[behind]), ceiling[behind]
    more = {"": "watch", "watch": "act", "act": ""}[severity]  # what could be found if the rest were open
    settles = between(lowest, level[lowest], high - limits[f"imbalance-{more}"] + 1, blank) if more else NONE
    if severity:
        find("imbalance", severity, behind, between(behind, stage, stage + 1, known), settles)
    else:
        find("imbalance", "ask", lowest, unknown=settles)

    for kind, field, ready, severity in (
        ("hollow", "requires", said, "watch"),
        ("unlawful", "unlawful-without", begun, "act"),
    ):
        wanted = NONE.union(*(several(items[name].get(field)) for name in ready))
        find(kind, severity if wanted & known else "ask", "", wanted & known, wanted & blank)
    planned = {name: given[name].get("planned", "") for name in owed}
    overdue = {name for name in owed if planned[name] < str(day)[:7] or name not in begun}
    if owed:
        find("owed", "act" if overdue else "watch", "", frozenset(overdue or owed))
    if unsupported:
        find("unsupported", "watch", "", unsupported)
    if past:
        findings = {judged: (causes, NONE) for judged, (causes, _) in findings.items() if judged[1] != "ask"}
    else:
        for track in tracks:
            distance, stage = working[track] - ceiling[track], ceiling[track]
            sure = distance >= limits["debt"]
            unknown = between(track, level[track], working[track] - limits["debt"] + 1, blank)
            causes = between(track, stage, stage + 1, known)
            find("debt", "watch" if sure else "ask", track, causes, NONE if sure else unknown)
        for who in _carriers(book, met, blank):
            find("silo", "watch", who)
        for who, row in _absent(book, met, blank, asked, level).items():
            idle = {name for name in asked if items[name]["owner"] == who and int(items[name]["stage"]) in row}
            find("silo", "watch", who, frozenset(idle & known & gates))
        if (day - date.fromisoformat(project["assessed"])).days >= limits["stale-days"]:
            find("stale", "watch", "")
        old = frozenset(name for name in met & frozenset(given) if _expired(items[name], given[name], day))
        if old:
            find("stale", "watch", "evidence", old)

    noted = {kind for kind, reason in (project.get("acknowledged") or {}).items() if day <= last_day(reason["until"])}
    return Standing(
        level,
        {track: max(level[track], min(working[track], ceiling[track])) for track in tracks},
        working,
        {track: {s: (len(row[s] & met), len(row[s] & asked)) for s in stages} for track, row in cell.items()},
        {track: {s: row[s] & missing for s in stages} for track, row in cell.items()},
        findings,
        frozenset(noted & {kind for kind, _, _ in findings}),
    )


def _expired(item: dict[str, Any], answer: dict[str, str], day: date) -> bool:
    """Say whether evidence is older than it is valid: some do not age, what comes back every year does after one."""
    months = int(item.get("valid-months") or (12 if item.get("recurring") else 0))
    seen = [last_day(answer[word]) for word in ("since", "reviewed") if answer.get(word)]
    if not months or not seen:
        return False
    year, month = divmod(max(seen).year * 12 + max(seen).month - 1 + months, 12)
    return (day.year, day.month - 1, day.day) > (year, month, max(seen).day)


def _carriers(book: Checklists, met: Names, blank: Names) -> set[str]:
    """Name the partner, or the hospital's role, that owns too much of what is met, whatever is still unanswered."""

    def owns(name: str) -> str:
        return str(book.items[name].get("role") or book.items[name]["owner"])

    carrier = [owns(name) for name in met]
    found = set()
    for who in carrier:
        most = len(met) + sum(owns(name) != who for name in blank)
        if len(met) >= book.limits["silo-least"] and 100 * carrier.count(who) > book.limits["silo-share"] * most:
            found.add(who)
    return found


def _absent(
    book: Checklists, met: Names, blank: Names, asked: Names, level: dict[str, int]
) -> dict[str, tuple[int, ...]]:
    """Name the partners who are known to have met nothing in so many stages running, and those stages."""
    reached = {name for name in asked if int(book.items[name]["stage"]) <= max(level.values())}
    found: dict[str, tuple[int, ...]] = {}
    length = book.limits["silo-stages"]
    for partner in book.frame["partners"]:
        mine = {name for name in reached if book.items[name]["owner"] == partner}
        stages = sorted({int(book.items[name]["stage"]) for name in mine})
        busy = {int(book.items[name]["stage"]) for name in mine & (met | blank)}
        for place in range(len(stages) - length + 1):
            run = tuple(stages[place : place + length])
            if not busy & {*run}:
                found.setdefault(partner, run)
    return found
