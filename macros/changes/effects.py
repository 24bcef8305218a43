"""What a change does to one project on one route: levels, findings, gates and months. Pure functions."""

from collections.abc import Container, Iterable, Mapping
from datetime import date
from typing import TypeVar

from macros.assessment.forecast import LATE
from macros.changes.comparison import Effect, Exit, Found
from macros.engine.report import ProjectReport, report_on
from macros.findings.severity import ASK
from macros.model.handbook import Handbook
from macros.model.status_file import Project

K = TypeVar("K")
V = TypeVar("V")


def differing(pairs: Mapping[K, tuple[V, V]]) -> dict[K, tuple[V, V]]:
    """Keep the pairs whose two parts differ."""
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def missing(names: Iterable[K], among: Container[K]) -> tuple[K, ...]:
    """List the names that are not among others."""
    return tuple(name for name in names if name not in among)


def effects_of(old: Project, new: Project, before: Handbook, after: Handbook, day: date) -> tuple[Effect, ...]:
    """Compare the reports on the routes that a project has now, or had; only routes with an effect are kept."""
    effects = []
    for route in dict.fromkeys([*new.route, *old.route]):
        was = report_on(old, before, route, day=day) if route in old.route else None
        now = report_on(new, after, route, day=day) if route in new.route else None
        if was and now:
            effects.append(_effect(route, was, now))
        elif now:
            levels = {track: (0, level) for track, level in _levels(now).items()}
            effects.append(Effect(route, "added", levels, opened=tuple(_findings(now))))
        elif was:
            effects.append(Effect(route, "given-up", {track: (level, 0) for track, level in _levels(was).items()}))
    return tuple(effect for effect in effects if effect)


def whole(project: Project, book: Handbook, added: bool, day: date) -> tuple[Effect, ...]:
    """Give the levels of a project that only one of the handbooks has; in the other they are 0."""
    levels = {route: _levels(report_on(project, book, route, day=day)) for route in project.route}
    return tuple(
        Effect(route, levels={track: (0, level) if added else (level, 0) for track, level in tracks.items()})
        for route, tracks in levels.items()
    )


def _effect(route: str, was: ProjectReport, now: ProjectReport) -> Effect:
    levels, findings, gates, starts, late = _levels(was), _findings(was), _gates(was), _starts(was), _late(was)
    new_findings, new_gates, new_late = _findings(now), _gates(now), _late(now)
    passed = missing(new_gates, gates)
    states = now.assessment.states
    return Effect(
        route=route,
        levels=differing({track: (levels.get(track, 0), level) for track, level in _levels(now).items()}),
        own_levels=_own_levels(was, now),
        opened=missing(new_findings, findings),
        closed=missing(findings, new_findings),
        passed=passed,
        lost=missing(gates, new_gates),
        inherited=tuple(name for name in passed if states[name].inherited),
        exits=_exits(was, now),
        late=missing(new_late, late),
        in_time=missing(late, new_late),
        moved=differing({name: (starts.get(name, month), month) for name, month in _starts(now).items()}),
    )


def _exits(was: ProjectReport, now: ProjectReport) -> dict[int, Exit]:
    """Find the stages whose earliest exit moves; one that is passed on both sides, or on one, is not among them."""
    old = {outlook.stage: str(outlook.earliest) for outlook in was.forecast.outlook}
    new = {outlook.stage: outlook for outlook in now.forecast.outlook}
    return {
        stage: Exit(old[stage], str(ahead.earliest), str(ahead.target or ""), ahead.late)
        for stage, ahead in new.items()
        if stage in old and old[stage] != str(ahead.earliest)
    }


def _levels(report: ProjectReport) -> dict[str, int]:
    return {track: standing.level for track, standing in report.assessment.tracks.items()}


def _own_levels(was: ProjectReport, now: ProjectReport) -> dict[str, tuple[int, int]]:
    """Compare the region's own levels, where one of the handbooks has gates of the region's own."""
    if not (was.handbook.has_local_gates or now.handbook.has_local_gates):
        return {}
    old, new = (report.assessment.tracks for report in (was, now))
    return differing({track: (old[track].own_level, new[track].own_level) for track in new if track in old})


def _findings(report: ProjectReport) -> list[Found]:
    """List what is found, each once; a question is no finding to report."""
    found = (Found(each.kind, str(each.severity), each.subject) for each in report.findings if each.severity != ASK)
    return list(dict.fromkeys(found))


def _gates(report: ProjectReport) -> list[str]:
    return [name for name, state in report.assessment.states.items() if state.item.gate and state.counts]


def _starts(report: ProjectReport) -> dict[str, str]:
    return {name: str(plan.start_by) for name, plan in report.forecast.plans.items() if plan.start_by}


def _late(report: ProjectReport) -> list[str]:
    return [name for name, plan in report.forecast.plans.items() if plan.when == LATE]
