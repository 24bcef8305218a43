"""Projects of which only the levels are published, in `api/v1/projects.json`."""

from collections.abc import Iterator

from pydantic import Field

from macros.engine.portfolio import Portfolio
from macros.outputs.api.published import DAY, EDITION, Published


class LevelsSummary(Published):
    """A project on one route, of which only the levels are published. Nothing else of it is in any file."""

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$", description="The name of the project on its site.")
    route: str = Field(description="How the product will lawfully reach patients.")
    title: str = Field(description="Plain text: escape it before it is shown.")
    checklist: str = Field(pattern=EDITION, description="The edition that it answered. Compare levels only under one.")
    assessed: str = Field(pattern=DAY, description="The day of the last assessment.")
    levels: dict[str, int] = Field(description="Track → its level.")
    page: str = Field(description="The address of the project's page.")


def levels_only(portfolio: Portfolio, site: str) -> Iterator[LevelsSummary]:
    """Sum up what is published of these projects."""
    for project in portfolio.levels_only.values():
        for route, levels in project.levels.items():
            yield LevelsSummary(
                id=project.id,
                route=route,
                title=project.title,
                checklist=project.checklist,
                assessed=str(project.assessed),
                levels=dict(levels),
                page=f"{site}projects/{project.id}/",
            )
