"""What changed in status files, answer by answer, and what that does. Pure functions."""

from collections.abc import Iterator, Mapping
from datetime import date

from macros.changes.comparison import Acknowledged, Effect, ProjectChange
from macros.changes.effects import differing, effects_of, missing, whole
from macros.engine.report import report_on
from macros.model.handbook import Handbook
from macros.model.status_file import Answer, Project
from macros.model.statuses import WRITTEN

ALIKE = 0.9
"""Share of equal answers from which a new file is taken for one that was removed under another name."""


def project_changes(before: Handbook, after: Handbook, day: date) -> Iterator[ProjectChange]:
    """Compare the status files of two handbooks, in the order of their names.

    Both versions of a file are assessed under the checklists before, unless they do not fit those.
    """
    names = {new.id: _name_before(new, before) for new in after.projects.values()}
    gone = missing(before.projects, names.values())
    for name in sorted({*gone, *after.projects}):
        old, new = before.projects.get(names.get(name, name)), after.projects.get(name)
        if old and new:
            if dict(old) != dict(new):
                rules = before if fits(new, before) else after
                yield _changed(old, new, effects_of(old, new, before, rules, day), rules, day)
        elif new:
            like = next((other for other in gone if _alike(before.projects[other], new)), "")
            yield ProjectChange(name, new.title, "added", effects=whole(new, after, True, day), like=like)
        elif old:
            yield ProjectChange(name, old.title, "removed", effects=whole(old, before, False, day))


def _name_before(project: Project, before: Handbook) -> str:
    """Find the name that a project had before; its present one where it is new."""
    return next((name for name in (project.id, *project.formerly) if name in before.projects), project.id)


def _alike(old: Project, new: Project) -> bool:
    same = sum(old.answers[name] == new.answers[name] for name in old.answers.keys() & new.answers.keys())
    return same > 0 and same >= ALIKE * max(len(old.answers), len(new.answers))


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


def _changed(old: Project, new: Project, effects: tuple[Effect, ...], rules: Handbook, day: date) -> ProjectChange:
    names = sorted({*old.answers, *new.answers})
    answers = differing({name: (old.answers.get(name), new.answers.get(name)) for name in names})
    status = differing({name: (_word(was), _word(now)) for name, (was, now) in answers.items()})
    planned = differing({name: (_planned(was), _planned(now)) for name, (was, now) in answers.items()})
    months = {stage: (_month(old, stage), _month(new, stage)) for stage in sorted({*old.targets, *new.targets})}
    whole_before, whole_now = ({(track, stage) for track, stage, _ in one.confirmations} for one in (old, new))
    return ProjectChange(
        id=new.id,
        title=new.title,
        kind="changed",
        formerly=old.id if old.id != new.id else "",
        effects=effects,
        first={name: now for name, (was, now) in status.items() if not was},
        again={name: pair for name, pair in status.items() if all(pair)},
        withdrawn=tuple(name for name, (_, now) in status.items() if not now),
        set_aside={name: new.answers[name].because or "" for name in _set_aside(status)},
        planned=planned,
        targets=differing(months),
        acknowledged=tuple(_acknowledged(old, new, rules, day)),
        confirmed=tuple(sorted(whole_now - whole_before)),
        unconfirmed=tuple(sorted(whole_before - whole_now)),
        head=differing({name: (_short(old, name), _short(new, name)) for name in HEAD}),
        other=tuple(name for name in LONG if getattr(old, name) != getattr(new, name)),
        words=len(answers.keys() - status.keys() - planned.keys()),
    )


HEAD = ("checklist", "kind", "modality", "donor", "delivery", "route", "lead", "publish", "hospital")
LONG = ("metrics", "events")
NOT_SAID = "not said"


def _short(project: Project, name: str) -> str:
    value = getattr(project, name)
    if name == "publish":
        return str(value or NOT_SAID)
    return ", ".join(value) if isinstance(value, tuple) else str(value or "")


def _word(answer: Answer | None) -> str:
    return str(answer.status) if answer else ""


def _planned(answer: Answer | None) -> str:
    return str(answer.planned) if answer and answer.planned else ""


def _set_aside(changed: Mapping[str, tuple[str, str]]) -> Iterator[str]:
    return (name for name, (_, now) in changed.items() if now and not WRITTEN[now].asked)


def _month(project: Project, stage: int) -> str:
    return str(project.targets[stage]) if stage in project.targets else ""


def _acknowledged(old: Project, new: Project, rules: Handbook, day: date) -> Iterator[Acknowledged]:
    """Compare what the team says it lives with, and say how much each finding matters, acknowledged or not."""
    kinds = {**old.acknowledged, **new.acknowledged}
    changes = differing({kind: (old.acknowledged.get(kind), new.acknowledged.get(kind)) for kind in kinds})
    if not changes:
        return
    found = [
        finding
        for route in new.route
        for finding in report_on(new, rules, route, day=day).findings
        if finding.kind in changes
    ]
    for kind, (was, now) in changes.items():
        severities = dict.fromkeys(str(finding.severity) for finding in found if finding.kind == kind)
        because, until = (now.because, str(now.until)) if now else ("", "")
        yield Acknowledged(kind, because, until, str(was.until) if was else "", tuple(severities))
