"""What a site publishes for others to gather: `api/v1/projects.json`, one document with a summary of every project.

Within version 1 fields are only added, so that whoever reads them today can read them tomorrow.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from macros.engine.portfolio import Portfolio
from macros.engine.report import ProjectReport
from macros.findings.severity import ACT, ASK, WATCH

PATH = "api/v1/projects.json"
SCHEMA = "api/v1/projects.schema.json"


class Published(BaseModel):
    """A part of the document; fields of a later version are passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class TrackSummary(Published):
    """How one track stands."""

    level: int = Field(ge=0, description="The highest stage whose gates, and all below, are met: it is confirmed.")
    possible_level: int | None = Field(
        None, ge=0, description="The highest stage without a gate answered as open; null where an older site says none."
    )
    working_stage: int = Field(ge=0, description="The highest stage on which work has begun.")


class ProjectSummary(Published):
    """One project on one route. A project on two routes stands here twice."""

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$", description="The name of the project on its site.")
    route: str = Field(description="How the product will lawfully reach patients.")
    title: str = Field(description="Plain text: escape it before it is shown.")
    kind: Literal["project", "illustration", "retrospective"] = Field(description="Whether it is a real project.")
    modality: str = Field(description="The kind of product.")
    lead: str = Field(description="The partner that leads.")
    assessed: str = Field(pattern=r"^\d{4}-\d\d-\d\d$", description="The day of the last assessment.")
    tracks: dict[str, TrackSummary] = Field(description="Track → its state.")
    targets: dict[str, str] = Field(description="Stage → the month by which the team wants to pass it.")
    act: int = Field(ge=0, description="Findings to act on that nobody has acknowledged.")
    watch: int = Field(ge=0, description="Findings to watch that nobody has acknowledged.")
    ask: int = Field(0, ge=0, description="Questions that would matter if the answer were that something is open.")
    page: str = Field(description="The address of the project's page.")


class Document(Published):
    """Summaries of the projects of one site, or of several that were gathered."""

    version: Literal[1] = Field(description="Fields are only added within a version.")
    edition: str = Field(description="The edition of the checklists. Levels are comparable within one edition.")
    day: str = Field(pattern=r"^\d{4}-\d\d-\d\d$", description="The day that findings count from.")
    stages: int = Field(gt=0, description="How many stages there are.")
    sites: list[str] = Field(description="The addresses of the sites that the projects come from.")
    projects: list[ProjectSummary]


def document(portfolio: Portfolio, site: str) -> Document:
    """Sum up the projects that the site shows."""
    return Document(
        version=1,
        edition=portfolio.handbook.frame.edition,
        day=str(portfolio.day),
        stages=len(portfolio.handbook.frame.stages),
        sites=[site],
        projects=[_summary(report, site) for project in portfolio.shown for report in portfolio.reports(project.id)],
    )


def _summary(report: ProjectReport, site: str) -> ProjectSummary:
    project, tracks = report.project, report.assessment.tracks
    return ProjectSummary(
        id=project.id,
        route=report.assessment.route,
        title=project.title,
        kind=project.kind.value,
        modality=project.modality,
        lead=project.lead,
        assessed=str(project.assessed),
        tracks={
            name: TrackSummary(
                level=standing.level, possible_level=standing.possible_level, working_stage=standing.working_stage
            )
            for name, standing in tracks.items()
        },
        targets={str(stage): str(month) for stage, month in sorted(project.targets.items())},
        act=report.count(ACT),
        watch=report.count(WATCH),
        ask=report.count(ASK),
        page=f"{site}projects/{project.id}/",
    )


def published(portfolio: Portfolio, site: str) -> Iterator[tuple[str, bytes]]:
    """Write the document and its schema: path in the site, content."""
    yield PATH, as_json(document(portfolio, site)).encode()
    yield SCHEMA, schema_text(Document.model_json_schema())


def schema_text(schema: Mapping[str, object]) -> bytes:
    """Write the schema of something that is published."""
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return (json.dumps({**head, **schema}, ensure_ascii=False, indent=1) + "\n").encode()


def as_json(found: Document) -> str:
    """Write a document, the same for the same projects."""
    return json.dumps(found.model_dump(), ensure_ascii=False, separators=(",", ":")) + "\n"


def gather(texts: Iterable[tuple[str, str]]) -> Document:
    """Put published documents together.

    Args:
        texts: Name of each document, for messages, and its text.

    Raises:
        ValueError: one cannot be read, has another edition, or holds a project that another one has as well.
    """
    found: list[Document] = []
    for name, text in texts:
        try:
            found.append(Document.model_validate_json(text))
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            place = ".".join(map(str, first["loc"])) or "the text"
            raise ValueError(f"{name} is not a published document of version 1: {place}: {first['msg']}.") from None
        if found[-1].edition != found[0].edition:
            raise ValueError(
                f"{name} has edition {found[-1].edition}, the first one {found[0].edition}: levels differ."
            )
    projects = [project for each in found for project in each.projects]
    pages = Counter((project.page, project.route) for project in projects)
    if twice := [page for (page, _), count in pages.items() if count > 1]:
        raise ValueError(f"{twice[0]} is in two of the documents.")
    if not found:
        raise ValueError("There is nothing to gather.")
    sites = list(dict.fromkeys(site for each in found for site in each.sites))
    return found[0].model_copy(update={"day": min(each.day for each in found), "sites": sites, "projects": projects})
