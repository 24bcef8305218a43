"""What a change means, in the field's words: two handbooks, before and after. Pure functions.

Effects of two kinds are kept apart. *The project changed* compares both versions of a status file
under the checklists before; *the rules changed* compares the new status file under both checklists.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from macros.changes.comparison import Comparison, Effect, ProjectChange, RuleChange
from macros.engine.report import ProjectReport, report_on
from macros.model.handbook import Handbook
from macros.model.items import Item
from macros.model.status_file import Answer, Project
from macros.model.statuses import WRITTEN


def compare(before: Handbook, after: Handbook, *, day: date) -> Comparison:
    """Say what a change means; the same handbook twice gives nothing."""
    changes = tuple(
        change
        for name in sorted({*before.projects, *after.projects})
        if (change := _project(before.projects.get(name), after.projects.get(name), before, after, day)) is not None
    )
    titles = {kind: text.title for kind, text in {**before.finding_texts, **after.finding_texts}.items()}
    return Comparison(changes, _rules(before, after, day), titles)


def _project(
    old: Project | None, new: Project | None, before: Handbook, after: Handbook, day: date
) -> ProjectChange | None:
    if old is None or new is None:
        present = new or old
        assert present is not None  # noqa: S101
        kind, book = ("added", after) if old is None else ("removed", before)
        blank = dict.fromkeys(book.frame.tracks, 0)
        effects = []
        for route in present.route:
            seen = _levels(report_on(present, book, route, day=day))
            pairs = {t: (blank[t], seen[t]) if old is None else (seen[t], blank[t]) for t in seen}
            effects.append(Effect(route, pairs))
        return ProjectChange(present.id, present.title, kind, tuple(effects))
    if dict(old) == dict(new):
        return None
    statuses = {name: (_status(old, name), _status(new, name)) for name in {*old.answers, *new.answers}}
    changed = {name: pair for name, pair in sorted(statuses.items()) if pair[0] != pair[1]}
    return ProjectChange(
        new.id,
        new.title,
        "changed",
        _effects(old, new, before, before if fits(new, before) else after, day),
        tuple(name for name, (was, _) in changed.items() if not was),
        {name: pair for name, pair in changed.items() if all(pair)},
        tuple(name for name, (_, now) in changed.items() if not now),
        {name: new.answers[name].because or "" for name in _set_aside(changed)},
        {
            stage: (_month(old, stage), _month(new, stage))
            for stage in sorted({*old.targets, *new.targets})
            if _month(old, stage) != _month(new, stage)
        },
        tuple(name for name in HEAD if getattr(old, name) != getattr(new, name)),
        True,
    )


HEAD = ("checklist", "kind", "modality", "donor", "route", "lead", "metrics", "events", "acknowledged")


def _status(project: Project, name: str) -> str:
    answer: Answer | None = project.answers.get(name)
    return str(answer.status) if answer else ""


def _set_aside(changed: Mapping[str, tuple[str, str]]) -> Iterator[str]:
    return (name for name, (_, now) in changed.items() if now and not WRITTEN[now].asked)


def _month(project: Project, stage: int) -> str:
    return str(project.targets[stage]) if stage in project.targets else ""


def fits(project: Project, handbook: Handbook) -> bool:
    """Say whether a status file can be assessed under a handbook that may be older than it."""
    frame = handbook.frame
    kinds = {event.kind for event in project.events}
    return (
        project.modality in frame.modalities
        and set(project.route) <= set(frame.routes)
        and set(project.acknowledged) <= set(handbook.finding_texts)
        and kinds <= set(handbook.events)
    )


def _effects(old: Project, new: Project, before: Handbook, after: Handbook, day: date) -> tuple[Effect, ...]:
    """Compare a project's looks on the routes it has now, or had; only routes with an effect are kept."""
    effects = []
    for route in dict.fromkeys([*new.route, *old.route]):
        was = report_on(old, before, route, day=day) if route in old.route else None
        now = report_on(new, after, route, day=day) if route in new.route else None
        if was and now and (effect := _effect(route, was, now)):
            effects.append(effect)
    return tuple(effects)


def _effect(route: str, was: ProjectReport, now: ProjectReport) -> Effect:
    old_levels, new_levels = _levels(was), _levels(now)
    levels = {t: (old_levels.get(t, 0), n) for t, n in new_levels.items() if old_levels.get(t, 0) != n}
    old_found = {(f.kind, f.subject, f.severity): f for f in was.findings}
    new_found = {(f.kind, f.subject, f.severity): f for f in now.findings}
    old_gates, new_gates = set(_gates(was)), set(_gates(now))
    starts = {name: str(plan.start_by) for name, plan in was.forecast.plans.items() if plan.start_by}
    moved = {
        name: (starts[name], str(plan.start_by))
        for name, plan in now.forecast.plans.items()
        if plan.start_by and starts.get(name, str(plan.start_by)) != str(plan.start_by)
    }
    return Effect(
        route,
        levels,
        tuple(f for key, f in new_found.items() if key not in old_found),
        tuple(f for key, f in old_found.items() if key not in new_found),
        tuple(name for name in _gates(now) if name not in old_gates),
        tuple(name for name in _gates(was) if name not in new_gates),
        moved,
    )


def _levels(seen: ProjectReport) -> dict[str, int]:
    return {track: standing.level for track, standing in seen.assessment.tracks.items()}


def _gates(seen: ProjectReport) -> Iterator[str]:
    return (name for name, state in seen.assessment.states.items() if state.item.gate and state.counts)


MEANING = ("stage", "gate", "owner", "role", "requires", "applies_to", "lead_time", "recurring", "facility", "track")


def _rules(before: Handbook, after: Handbook, day: date) -> RuleChange:
    old, new = before.items, after.items
    both = [name for name in new if name in old]
    meaning = {name: fields for name in both if (fields := _changed(old[name], new[name], MEANING))}
    words = tuple(name for name in both if name not in meaning and dict(old[name]) != dict(new[name]))
    gone = [name for name in old if name not in new]
    parts = {
        "thresholds": before.frame.thresholds != after.frame.thresholds,
        "named rules": dict(before.rules) != dict(after.rules),
        "events": dict(before.events) != dict(after.events),
        "rules in motion": dict(before.motions) != dict(after.motions),
        "the frame": before.frame != after.frame and before.frame.thresholds == after.frame.thresholds,
    }
    change = RuleChange(
        tuple(name for name in new if name not in old),
        {name: after.retired[name].moves for name in gone if name in after.retired},
        tuple(name for name in gone if name not in after.retired),
        meaning,
        words,
        tuple(name for name, differs in parts.items() if differs),
    )
    if not change:
        return change
    moved = {}
    for name, project in after.projects.items():
        if fits(project, before) and (effects := _effects(project, project, before, after, day)):
            moved[name] = effects
    return RuleChange(**{**vars(change), "moved": moved})


def _changed(old: Item, new: Item, names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in names if getattr(old, name) != getattr(new, name))
