"""All that is computed for a project, for programs: what `python -m macros report --format json` prints.

It holds names and numbers only, and no text that somebody wrote. Within version 1 fields are only added. The schema is
published with the site, beside that of `api/v1/projects.json`: made at every build, it cannot be out of date.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Literal

from pydantic import Field, TypeAdapter

from macros.engine.portfolio import Portfolio
from macros.engine.report import ProjectReport
from macros.outputs.api.projects import FindingSummary, TrackSummary, summed_up, track
from macros.outputs.api.published import DAY, FOLDER, MONTH, Published, schema_text
from macros.text.dates import Month

SCHEMA = f"{FOLDER}report.schema.json"


class TrackReport(TrackSummary):
    """How one track stands, and what holds it."""

    own_level: int = Field(ge=0, description="The same where the region's own gates must be met too.")
    renewed_level: int = Field(ge=0, description="The level under the present edition, if the answers are older.")
    blocking: list[str] = Field(description="The gates of the stage after `level` that are not met, as `area/item`.")


class FindingReport(FindingSummary):
    """One finding with what causes it."""

    items: list[str] = Field(description="What causes it, as `area/item`: answered items only.")
    unanswered: list[str] = Field(description="What nobody has looked at and would cause or worsen it.")


class PlanReport(Published):
    """The dates of one open item."""

    item: str = Field(description="Its full name, `area/item`.")
    when: Literal["late", "start-now", "ask", "start-by", "under-way", "no-date"] = Field(
        description="What the dates mean."
    )
    start_by: str | None = Field(None, pattern=MONTH, description="The latest month to start in; null: not known.")
    finish_by: str | None = Field(None, pattern=MONTH, description="The latest month to be done in; null: no target.")
    target: int | None = Field(None, description="The stage whose target sets the dates; null without one.")


class OutlookReport(Published):
    """When a stage could be passed."""

    stage: int = Field(gt=0, description="The stage.")
    earliest: str = Field(pattern=MONTH, description="The earliest month, with typical lead times.")
    target: str | None = Field(None, pattern=MONTH, description="The month that the team wants; null without one.")


class StepReport(Published):
    """The levels from a day on."""

    day: str = Field(pattern=DAY, description="The day on which a level changed.")
    levels: dict[str, int] = Field(description="Track → level.")


class RouteReport(Published):
    """One project on one route, on one day."""

    project: str = Field(description="The name of the project: that of its file.")
    route: str = Field(description="How the product will lawfully reach patients.")
    day: str = Field(pattern=DAY, description="The day counted from; of a retrospective its own.")
    tracks: dict[str, TrackReport] = Field(description="Track → its state.")
    findings: list[FindingReport] = Field(description="Those to act on first, acknowledged ones last.")
    plans: list[PlanReport] = Field(description="Open items that have a place in time, in the order of the checklists.")
    outlook: list[OutlookReport] = Field(description="The stages that are not passed, each with its earliest month.")
    moves: list[str] = Field(description="Open items that can be worked on now, as `area/item`, the first to do first.")
    unanswered: list[str] = Field(
        [],
        description="Items that apply and that nobody has looked at, as `area/item`.",
    )
    path: list[StepReport] = Field(
        [], description="The levels over time, by the dates that the answers name; the first change first."
    )


REPORTS = TypeAdapter(list[RouteReport])


def report_schema(_: Portfolio, __: str) -> Iterator[tuple[str, bytes]]:
    """Write the schema: path in the site, content."""
    title = {"title": "Reports", "description": "Reports on projects: one for each of their routes."}
    yield SCHEMA, schema_text(title | REPORTS.json_schema())


def as_json(reports: Iterable[ProjectReport]) -> str:
    """Write reports as JSON, the same for the same projects."""
    values = REPORTS.dump_python([route_report(report) for report in reports])
    return json.dumps(values, ensure_ascii=False, indent=1) + "\n"


def route_report(report: ProjectReport) -> RouteReport:
    """Put what is computed for a project on a route into the record that is published."""
    assessment, forecast = report.assessment, report.forecast
    return RouteReport(
        project=report.project.id,
        route=assessment.route,
        day=str(assessment.day),
        tracks={name: TrackReport(**dict(track(standing))) for name, standing in assessment.tracks.items()},
        findings=[
            FindingReport(**dict(summed_up(found)), items=[*found.items], unanswered=[*found.unanswered])
            for found in report.findings
        ],
        plans=[
            PlanReport(
                item=name,
                when=plan.when,
                start_by=_month(plan.start_by),
                finish_by=_month(plan.finish_by),
                target=plan.target or None,
            )
            for name, plan in forecast.plans.items()
        ],
        outlook=[
            OutlookReport(stage=each.stage, earliest=str(each.earliest), target=_month(each.target))
            for each in forecast.outlook
        ],
        moves=[move.state.item.name for move in report.moves],
        unanswered=[name for name, state in assessment.states.items() if state.unanswered],
        path=[StepReport(day=str(step.day), levels=dict(step.levels)) for step in report.path],
    )


def _month(month: Month | None) -> str | None:
    return None if month is None else str(month)
