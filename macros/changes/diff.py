"""What a change means, in the field's words: two handbooks, before and after. Pure functions.

Effects of two kinds are kept apart. *The project changed* compares both versions of a status file
under the checklists before; *the rules changed* compares the new status file under both checklists.
"""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Literal, TypeVar

from macros.changes.comparison import Comparison, Effect, ProjectChange, RuleChange
from macros.engine.report import ProjectReport, report_on
from macros.fields.markers import item_fields
from macros.findings.finding import Finding
from macros.findings.severity import ASK
from macros.model.handbook import Handbook
from macros.model.items import Item
from macros.model.status_file import Answer, Project
from macros.model.statuses import WRITTEN

K = TypeVar("K")
V = TypeVar("V")


def compare(before: Handbook, after: Handbook, *, day: date) -> Comparison:
    """Say what a change means; the same handbook twice gives nothing."""
    return Comparison(
        projects=tuple(_projects(before, after, day)),
        rules=_rules(before, after, day),
        titles={kind: text.title for kind, text in {**before.finding_texts, **after.finding_texts}.items()},
    )


def _projects(before: Handbook, after: Handbook, day: date) -> Iterator[ProjectChange]:
    for name in sorted({*before.projects, *after.projects}):
        old, new = before.projects.get(name), after.projects.get(name)
        if old and new:
            if dict(old) != dict(new):
                rules = before if fits(new, before) else after
                yield _changed(old, new, _effects(old, new, before, rules, day))
        elif new:
            yield _whole(new, after, "added", day)
        elif old:
            yield _whole(old, before, "removed", day)


def _whole(project: Project, book: Handbook, kind: Literal["added", "removed"], day: date) -> ProjectChange:
    """Describe a project that only one of the handbooks has; in the other its levels are 0."""
    effects = []
    for route in project.route:
        levels = _levels(report_on(project, book, route, day=day))
        pairs = {track: (0, level) if kind == "added" else (level, 0) for track, level in levels.items()}
        effects.append(Effect(route=route, levels=pairs))
    return ProjectChange(id=project.id, title=project.title, kind=kind, effects=tuple(effects))


def _changed(old: Project, new: Project, effects: tuple[Effect, ...]) -> ProjectChange:
    names = sorted({*old.answers, *new.answers})
    changed = _differing({name: (_status(old, name), _status(new, name)) for name in names})
    months = {stage: (_month(old, stage), _month(new, stage)) for stage in sorted({*old.targets, *new.targets})}
    return ProjectChange(
        id=new.id,
        title=new.title,
        kind="changed",
        effects=effects,
        first=tuple(name for name, (was, _) in changed.items() if not was),
        again={name: pair for name, pair in changed.items() if all(pair)},
        withdrawn=tuple(name for name, (_, now) in changed.items() if not now),
        set_aside={name: new.answers[name].because or "" for name in _set_aside(changed)},
        targets=_differing(months),
        other=tuple(name for name in HEAD if getattr(old, name) != getattr(new, name)),
    )


def _differing(pairs: Mapping[K, tuple[V, V]]) -> dict[K, tuple[V, V]]:
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def missing(names: Iterable[K], among: Container[K]) -> tuple[K, ...]:
    """List the names that are not among others."""
    return tuple(name for name in names if name not in among)


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
    """Compare the reports on the routes it has now, or had; only routes with an effect are kept."""
    effects = []
    for route in dict.fromkeys([*new.route, *old.route]):
        was = report_on(old, before, route, day=day) if route in old.route else None
        now = report_on(new, after, route, day=day) if route in new.route else None
        if was and now and (effect := _effect(route, was, now)):
            effects.append(effect)
    return tuple(effects)


def _effect(route: str, was: ProjectReport, now: ProjectReport) -> Effect:
    levels, findings, gates, starts = _levels(was), _findings(was), _gates(was), _starts(was)
    new_findings, new_gates = _findings(now), _gates(now)
    return Effect(
        route=route,
        levels=_differing({track: (levels.get(track, 0), level) for track, level in _levels(now).items()}),
        opened=tuple(new_findings[key] for key in missing(new_findings, findings)),
        closed=tuple(findings[key] for key in missing(findings, new_findings)),
        passed=missing(new_gates, gates),
        lost=missing(gates, new_gates),
        moved=_differing({name: (starts.get(name, month), month) for name, month in _starts(now).items()}),
    )


def _levels(report: ProjectReport) -> dict[str, int]:
    return {track: standing.level for track, standing in report.assessment.tracks.items()}


def _findings(report: ProjectReport) -> dict[tuple[str, str, str], Finding]:
    """Key what is found; a question is no finding to report."""
    return {(found.kind, found.subject, found.severity): found for found in report.findings if found.severity != ASK}


def _gates(report: ProjectReport) -> list[str]:
    return [name for name, state in report.assessment.states.items() if state.item.gate and state.counts]


def _starts(report: ProjectReport) -> dict[str, str]:
    return {name: str(plan.start_by) for name, plan in report.forecast.plans.items() if plan.start_by}


MEANING = item_fields(Item, lambda field: field.moves_results)


def _rules(before: Handbook, after: Handbook, day: date) -> RuleChange:
    old, new = before.items, after.items
    both = {name: (old[name], new[name]) for name in new if name in old}
    meaning = {name: fields for name, pair in both.items() if (fields := _fields(*pair))}
    gone = missing(old, new)
    change = RuleChange(
        added=missing(new, old),
        retired={name: after.retired[name].moves for name in gone if name in after.retired},
        removed=missing(gone, after.retired),
        meaning=meaning,
        wording=missing((name for name, (was, now) in both.items() if dict(was) != dict(now)), meaning),
        rules=tuple(_other_rules(before, after)),
    )
    return replace(change, moved=_moved(before, after, day)) if change else change


def _fields(old: Item, new: Item) -> tuple[str, ...]:
    return tuple(name for name in MEANING if getattr(old, name) != getattr(new, name))


def _other_rules(before: Handbook, after: Handbook) -> Iterator[str]:
    """Name what changed in the checklists beside items and sources."""
    thresholds = before.frame.thresholds == after.frame.thresholds
    same = {
        "thresholds": thresholds,
        "named rules": dict(before.rules) == dict(after.rules),
        "events": dict(before.events) == dict(after.events),
        "rules in motion": dict(before.motions) == dict(after.motions),
        "the frame": before.frame == after.frame or not thresholds,
    }
    return (name for name, is_same in same.items() if not is_same)


def _moved(before: Handbook, after: Handbook, day: date) -> dict[str, tuple[Effect, ...]]:
    """Find the projects whose result the rules alone move."""
    fitting = [project for project in after.projects.values() if fits(project, before)]
    effects = {project.id: _effects(project, project, before, after, day) for project in fitting}
    return {name: found for name, found in effects.items() if found}
