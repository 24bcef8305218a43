"""The tables of projects: levels, findings, gaps and history."""

from __future__ import annotations

from collections.abc import Iterator

from macros.assessment.states import State
from macros.engine.needs import Need, needs
from macros.engine.portfolio import Portfolio
from macros.findings.severity import ACT, ASK, WATCH
from macros.model.status_file import Project, ProjectKind
from macros.outputs.project_text import sentence_of
from macros.outputs.tables.table import Column, Pointer, Table, Value, flag, text
from macros.text.messages import N_

PROJECT = Column("project", "string", "The name of the project.", wide=24)
ROUTE = Column("route", "string", "How the product will lawfully reach patients.", wide=22)
ITEM = Column("item", "string", "The item, area/item.", wide=38)
OF_PROJECT = Pointer(("project", "route"), "projects", ("project", "route"))
OF_ITEM = Pointer(("item",), "items", ("item",))
LEVELS = {
    "level": "The highest stage whose gates, and all below, are met.",
    "possible_level": "The highest stage without a gate answered as open.",
    "working_stage": "The highest stage on which work has begun.",
    "own_level": "The level with the region's own gates.",
    "renewed_level": "The level under the edition of the site.",
}


def projects(tracks: tuple[str, ...]) -> Table:
    """Describe the table of projects."""
    levels = (
        Column(f"{track.replace('-', '_')}_{level}", "integer", f"Track {track}. {about}", wide=10)
        for track in tracks
        for level, about in LEVELS.items()
    )
    columns = (
        PROJECT,
        ROUTE,
        Column("title", "string", "The project in a few words.", free=True, wide=44),
        Column("kind", "string", "project, illustration or retrospective.", wide=14),
        Column("modality", "string", "The kind of product.", wide=26),
        Column("lead", "string", "The partner that leads."),
        Column("hospital", "string", "The hospital, where the region lists several."),
        Column("assessed", "date", "The day of the last assessment."),
        Column("checklist", "string", "The edition that it answered. Compare levels only under the same one."),
        Column("comparable", "boolean", "false: product or route is the region's own, and so are the levels."),
        *levels,
        Column("act", "integer", "Findings to act on that nobody has acknowledged.", wide=8),
        Column("watch", "integer", "Findings to watch that nobody has acknowledged.", wide=8),
        Column("ask", "integer", "Questions that would matter if the answer were that something is open.", wide=8),
        Column("acknowledged", "integer", "Findings that the team has acknowledged, with a reason.", wide=8),
        Column("apart", "integer", "Levels between the highest and the lowest track.", wide=8),
        Column("late", "boolean", "Whether a target is missed, with typical lead times.", wide=8),
        Column("out_of_date", "boolean", "Whether the last assessment is too old.", wide=8),
        Column("uri", "string", "The address of the project's page.", wide=50),
    )
    about = N_("Projects, one row for each route, with the levels of each track.")
    return Table("projects", about, columns, ("project", "route"), of_project=_project_rows)


def _project_rows(portfolio: Portfolio, project: Project, site: str) -> Iterator[list[Value]]:
    for report in portfolio.reports(project.id):
        found = needs([report])
        yield [
            project.id,
            report.assessment.route,
            project.title,
            project.kind.value,
            project.modality,
            project.lead,
            project.hospital,
            str(project.assessed),
            project.checklist,
            flag(report.handbook.comparable(project, report.assessment.route)),
            *(getattr(each, level) for each in report.assessment.tracks.values() for level in LEVELS),
            report.count(ACT),
            report.count(WATCH),
            report.count(ASK),
            sum(finding.acknowledged is not None for finding in report.findings),
            report.assessment.spread,
            flag(Need.LATE in found),
            flag(Need.OUT_OF_DATE in found),
            f"{site}projects/{project.id}/",
        ]


def _finding_rows(portfolio: Portfolio, project: Project, _: str) -> Iterator[list[Value]]:
    book = portfolio.handbook
    for report in portfolio.reports(project.id):
        place = project.id, report.assessment.route
        shown = (finding for finding in report.findings if finding.severity != ASK)
        for number, finding in enumerate(shown, 1):
            known = finding.acknowledged
            yield [
                *place,
                number,
                finding.kind,
                finding.subject,
                finding.severity.value,
                flag(known is not None),
                str(known.until) if known else None,
                book.finding_texts[finding.kind].title,
                sentence_of(finding.facts, book),
                len(finding.items),
                len(finding.unanswered),
            ]


FINDINGS = Table(
    "findings",
    N_("Findings on projects, such as an imbalance. Questions about what nobody has looked at are left out."),
    (
        PROJECT,
        ROUTE,
        Column("number", "integer", "The place of the finding among those of the project on the route.", wide=8),
        Column("kind", "string", "The name of the kind.", wide=26),
        Column("subject", "string", "The track, partner, role, rule or day that it is about, if any.", wide=14),
        Column("severity", "string", "act or watch.", wide=8),
        Column("acknowledged", "boolean", "Whether the team has said that it knows, and until when.", wide=8),
        Column("until", "yearmonth", "The month in which an acknowledged finding comes up again."),
        Column("title", "string", "What the kind of finding is called.", free=True, wide=40),
        Column("sentence", "string", "What was found, in a sentence.", free=True, wide=70),
        Column("items", "integer", "How many answered items cause it.", wide=8),
        Column("unanswered", "integer", "How many items that nobody has looked at would cause or worsen it.", wide=8),
    ),
    ("project", "route", "number"),
    (OF_PROJECT,),
    of_project=_finding_rows,
)


def _gap_rows(portfolio: Portfolio, project: Project, _: str) -> Iterator[list[Value]]:
    current = project.kind is not ProjectKind.RETROSPECTIVE
    for report in portfolio.reports(project.id) if current else ():
        place, plans = (project.id, report.assessment.route), report.forecast.plans
        for name, state in report.assessment.states.items():
            if not state.open:
                continue
            item, answer, plan = state.item, state.answer, plans.get(name)
            head: list[Value] = [*place, name, item.stage, flag(item.gate), item.owner, _word(state)]
            planned = text(answer.planned) if answer else None
            if plan is None:
                yield [*head, None, None, None, planned, None]
            else:
                dates = (plan.when, text(plan.start_by), text(plan.finish_by), planned, plan.target or None)
                yield [*head, *dates]


GAPS = Table(
    "gaps",
    N_(
        "Items that apply to a project and do not count as met, with their dates. Histories are left out: what is not "
        "public is not known."
    ),
    (
        PROJECT,
        ROUTE,
        ITEM,
        Column("stage", "integer", "The stage by whose end it is due.", wide=8),
        Column("gate", "boolean", "true: the stage is not passed without it.", wide=8),
        Column("owner", "string", "The partner who answers for it.", wide=16),
        Column(
            "status",
            "string",
            "not-assessed, not-met, in-progress, owed, or unsupported: met without proof.",
            wide=14,
        ),
        Column("when", "string", "What its dates mean: late, start-now, ask, start-by, under-way or no-date."),
        Column("start_by", "yearmonth", "The latest month to start in.", wide=10),
        Column("finish_by", "yearmonth", "The latest month to be done in.", wide=10),
        Column("planned", "yearmonth", "The month in which the team plans to meet it.", wide=10),
        Column("target", "integer", "The stage whose target sets the dates.", wide=8),
    ),
    ("project", "route", "item"),
    (OF_PROJECT, OF_ITEM),
    of_project=_gap_rows,
    long=True,
)


def history(tracks: tuple[str, ...]) -> Table:
    """Describe the table of levels over time."""
    levels = (
        Column(f"{track.replace('-', '_')}_level", "integer", f"The level of the track {track}.") for track in tracks
    )
    return Table(
        "history",
        N_("Levels over time, by the dates that the answers name: a row for each day on which a level changed."),
        (PROJECT, ROUTE, Column("day", "date", "The day from which the levels hold."), *levels),
        ("project", "route", "day"),
        (OF_PROJECT,),
        of_project=_history_rows,
    )


def _history_rows(portfolio: Portfolio, project: Project, _: str) -> Iterator[list[Value]]:
    for report in portfolio.reports(project.id):
        for step in report.path:
            yield [project.id, report.assessment.route, str(step.day), *step.levels.values()]


def _word(state: State) -> str:
    """Describe the state of an open item in a word, as its badge does on a page."""
    return "unsupported" if state.unsupported else "owed" if state.owed else state.status.value
