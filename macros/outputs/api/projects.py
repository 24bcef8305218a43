"""What a site publishes for others to gather: `api/v1/projects.json`, one document with a summary of every project.

Within version 1 fields are only added, so that whoever reads them today can read them tomorrow.
"""

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from macros.assessment.assess import Standing
from macros.engine.facilities import demand
from macros.engine.needs import Need, needs
from macros.engine.portfolio import Portfolio
from macros.engine.report import ProjectReport
from macros.fields.publish import strictest
from macros.findings.finding import Finding
from macros.findings.severity import ACT, ASK, WATCH, Severity
from macros.outputs.api.levels_only import LevelsSummary, levels_only
from macros.outputs.api.published import (
    DAY,
    EDITION,
    FOLDER,
    LicenceRecord,
    Published,
    as_json,
    head,
    licence_of_all,
    schema_text,
)

PATH = f"{FOLDER}projects.json"
SCHEMA = f"{FOLDER}projects.schema.json"


class TrackSummary(Published):
    """How one track stands."""

    level: int = Field(ge=0, description="The highest stage whose gates, and all below, are met: it is confirmed.")
    possible_level: int | None = Field(
        None, ge=0, description="The highest stage without a gate answered as open; null where an older site says none."
    )
    working_stage: int = Field(ge=0, description="The highest stage on which work has begun.")
    own_level: int | None = Field(None, ge=0, description="The level with the region's own gates; null: none is said.")
    renewed_level: int | None = Field(
        None, ge=0, description="The level under the edition of the site, as long as its new questions have no answer."
    )
    blocking: list[str] | None = Field(
        None, description="The gates of the stage after `level` that are not met, as `area/item`; null: not said."
    )


class FindingSummary(Published):
    """One finding, such as an imbalance. Kind and subject together are its name within a project and a route."""

    kind: str = Field(description="The name of the kind, under `findings` in the frame or in the named rules.")
    subject: str = Field("", description="The track, partner, role, rule or day it is about; empty when about all.")
    severity: str = Field(
        json_schema_extra={"enum": [each.value for each in Severity]}, description="How much it matters."
    )
    acknowledged: bool = Field(description="Whether the team has said that it knows, and until when.")


class ProjectSummary(Published):
    """One project on one route. A project on two routes is listed twice."""

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$", description="The name of the project on its site.")
    route: str = Field(description="How the product will lawfully reach patients.")
    title: str = Field(description="Plain text: escape it before it is shown.")
    kind: Literal["project", "illustration", "retrospective"] = Field(description="Whether it is a real project.")
    modality: str = Field(description="The kind of product.")
    lead: str = Field(description="The partner that leads.")
    assessed: str = Field(pattern=r"^\d{4}-\d\d-\d\d$", description="The day of the last assessment.")
    checklist: str | None = Field(
        None,
        description="The edition that it answered. Only levels under the same one are comparable. Null: not said.",
    )
    edition: str | None = Field(None, description="The edition of the checklists of the project's site.")
    comparable: bool = Field(
        True, description="false: the product or the route is the region's own, and so are the project's levels."
    )
    region: str | None = Field(None, description="The region of the site; null where it has none.")
    inherited: list[str] | None = Field(
        None, description="Items that the region meets for the project; null where an older site does not say it."
    )
    waived_gates: list[str] | None = Field(
        None, description="Shared gates that are not used there, and hold no level; null where an older site says none."
    )
    tracks: dict[str, TrackSummary] = Field(description="Track → its state.")
    targets: dict[str, str] = Field(description="Stage → the month by which the team wants to pass it.")
    act: int = Field(ge=0, description="Findings to act on that nobody has acknowledged.")
    watch: int = Field(ge=0, description="Findings to watch that nobody has acknowledged.")
    ask: int = Field(0, ge=0, description="Questions that would matter if the answer were that something is open.")
    acknowledged: int = Field(0, ge=0, description="Findings that the team has acknowledged, with a reason.")
    apart: int | None = Field(
        None, ge=0, description="Levels between the highest and the lowest track; null where an older site says none."
    )
    late: bool = Field(False, description="Whether a target is missed, with typical lead times.")
    published: Literal["full", "without-details"] = Field(
        "full", description="without-details: targets are not published, so that it is never said to be late."
    )
    out_of_date: bool = Field(False, description="Whether the last assessment is too old.")
    page: str = Field(description="The address of the project's page.")
    uri: str | None = Field(None, description="The address by which it is known; null in an older document.")
    data: str | None = Field(
        None, description="The address of everything that is published of the project; null where that is no more."
    )
    findings: list[FindingSummary] | None = Field(
        None,
        description="Those to act on and to watch; questions are in the project's own file. Null where an older site "
        "says none.",
    )
    demand: dict[str, list[str]] | None = Field(
        None,
        description="Facility → the quarters in which open items need it, such as `2028 Q1`, or `no date`; null: not "
        "said.",
    )


class Counts(Published):
    """How many projects need what, without retrospectives; a project on two routes is counted once."""

    projects: int = Field(ge=0, description="Projects in all.")
    act: int = Field(ge=0, description="With a finding to act on that nobody has acknowledged.")
    late: int = Field(ge=0, description="With a target that is missed, with typical lead times.")
    apart: int = Field(ge=0, description="With levels as far apart as is to be acted on, acknowledged or not.")
    out_of_date: int = Field(ge=0, description="With an assessment that is too old.")


class Document(Published):
    """Summaries of the projects of one site, or of several that were gathered."""

    version: Literal[1] = Field(description="Fields are only added within a version.")
    edition: str = Field(
        pattern=EDITION,
        description="The edition of the checklists, of several sites the newest. Levels are comparable among projects "
        "that answered the same edition, `checklist`.",
    )
    day: str = Field(pattern=DAY, description="The day that findings count from.")
    stages: int = Field(gt=0, description="How many stages there are.")
    sites: list[str] = Field(description="The addresses of the sites that the projects come from.")
    projects: list[ProjectSummary]
    levels_only: list[LevelsSummary] = Field([], description="Projects of which only the levels are published.")
    not_shown: int = Field(0, ge=0, description="Further projects that are not named, where a site has three or more.")
    left_out: list[str] = Field([], description="Gathered documents that are not in it, each with the reason.")
    counts: Counts | None = Field(None, description="How many projects need what; null where an older site says none.")
    revision: str | None = Field(
        None, pattern=r"^1\.\d+$", description="The second number grows when fields are added; null in the first ones."
    )
    uri: str | None = Field(None, description="The address of this file; null where it was gathered.")
    site: str | None = Field(None, description="The address of the site; null where several were gathered.")
    region: str | None = Field(None, description="The region of the site; null where it has none.")
    licence: LicenceRecord | None = Field(
        None,
        description="The licence that the region has stated for its projects; null: none. Examples and histories of "
        "the shared handbook have its own, CC BY 4.0.",
    )


def document(portfolio: Portfolio, site: str) -> Document:
    """Sum up the projects that the site shows."""
    book = portfolio.handbook
    return Document(
        **head(portfolio, site, PATH, licence_of_all(portfolio)),
        stages=len(book.frame.stages),
        sites=[site],
        projects=[_summary(report, site) for project in portfolio.shown for report in portfolio.reports(project.id)],
        levels_only=[*levels_only(portfolio, site)],
        not_shown=portfolio.not_shown,
        left_out=[],
        counts=_counts(portfolio),
    )


def _counts(portfolio: Portfolio) -> Counts:
    numbers = {need.replace("-", "_"): number for need, number in portfolio.counts.items()}
    return Counts(projects=len(portfolio.current), **numbers)


def _summary(report: ProjectReport, site: str) -> ProjectSummary:
    project, book, assessed, found = report.project, report.handbook, report.assessment, needs([report])
    return ProjectSummary(
        id=project.id,
        route=assessed.route,
        title=project.title,
        kind=project.kind.value,
        modality=project.modality,
        lead=project.lead,
        assessed=str(project.assessed),
        checklist=project.checklist,
        comparable=book.comparable(project, assessed.route),
        edition=book.frame.edition,
        region=book.region.name if book.region else None,
        inherited=[name for name, state in assessed.states.items() if state.inherited],
        waived_gates=[*book.waived_gates(project, assessed.route)],
        tracks={name: track(standing) for name, standing in assessed.tracks.items()},
        targets={str(stage): str(month) for stage, month in sorted(project.targets.items())},
        act=report.count(ACT),
        watch=report.count(WATCH),
        ask=report.count(ASK),
        acknowledged=sum(finding.acknowledged is not None for finding in report.findings),
        apart=report.assessment.spread,
        late=Need.LATE in found,
        published=strictest(project.publish).value,
        out_of_date=Need.OUT_OF_DATE in found,
        page=(page := f"{site}projects/{project.id}/"),
        uri=page,
        data=f"{site}{data_path(project.id)}",
        findings=[summed_up(finding) for finding in report.findings if finding.severity != ASK],
        demand={facility: [*quarters] for facility, quarters in demand([report], book).items()},
    )


def data_path(project: str) -> str:
    """Say where everything that is published of a project is."""
    return f"{FOLDER}projects/{project}.json"


def summed_up(finding: Finding) -> FindingSummary:
    """Say what a finding is, without what causes it."""
    return FindingSummary(
        kind=finding.kind,
        subject=finding.subject,
        severity=finding.severity,
        acknowledged=finding.acknowledged is not None,
    )


def track(standing: Standing) -> TrackSummary:
    """Describe the state of a track."""
    return TrackSummary(
        level=standing.level,
        possible_level=standing.possible_level,
        working_stage=standing.working_stage,
        own_level=standing.own_level,
        renewed_level=standing.renewed_level,
        blocking=[state.item.name for state in standing.blocking],
    )


def published(portfolio: Portfolio, site: str) -> Iterator[tuple[str, bytes]]:
    """Write the document and its schema: path in the site, content."""
    yield PATH, as_json(document(portfolio, site)).encode()
    yield SCHEMA, schema_text(Document.model_json_schema())
