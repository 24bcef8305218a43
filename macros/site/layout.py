"""The pages that are made from data: their paths, their Markdown and the file behind each."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from markupsafe import escape

from macros.engine.portfolio import Portfolio
from macros.model.handbook import Handbook
from macros.model.region import RegionFile
from macros.model.status_file import Project, ProjectKind
from macros.text.messages import ENGLISH, N_, Language
from macros.views.context import Kind, as_entities
from macros.views.registry import VIEWS


@dataclass(frozen=True)
class Call:
    """A view that a page shows: its name, and what it is asked for."""

    view: str
    argument: str | int | None = None

    @property
    def arguments(self) -> tuple[str | int, ...]:
        """The argument, if there is one."""
        return () if self.argument is None else (self.argument,)

    @property
    def is_late(self) -> bool:
        """Whether the view is put in last, outside the search index."""
        return VIEWS[self.view].kind is Kind.LATE


@dataclass(frozen=True)
class Heading:
    """A heading in English words of ours: small letters and spaces but for the first."""

    text: str

    @property
    def anchor(self) -> str:
        """Its name in addresses, as Markdown would give it, and the same in every language."""
        return self.text.lower().replace(" ", "-")


@dataclass(frozen=True)
class Page:
    """One generated page.

    Attributes:
        path: Under docs/, with `.md`.
        title: As text; the site escapes it.
        body: Headings of ours and calls of views, in their order; never data.
        source: The file that the pencil opens, from the repository's root; empty where the page has none.
        section: Where it stands in the navigation; empty for none.
        project: The project that it is about; empty for none.
        meta: What stands in the front matter of a page that is written by hand.
    """

    path: str
    title: str
    body: tuple[Heading | Call, ...]
    source: str
    section: str = ""
    project: str = ""
    meta: Mapping[str, object] = field(default_factory=dict)


FRAME, REGION_FILE = "checklists/navigator.yml", "region/region.yml"
LONGEST = Heading(N_("The longest chain"))

REGION: dict[str, tuple[str, str, Callable[[RegionFile], object]]] = {
    "region/set-up.md": (N_("Who is who, and what is here"), "region_set_up", lambda _: True),
    "region/differences.md": (N_("What differs here"), "region_differences", lambda _: True),
    "region/imprint.md": (N_("Who publishes this site"), "region_imprint", lambda region: region.imprint),
    "region/accessibility.md": (N_("Accessibility"), "region_accessibility", lambda region: region.accessibility),
}
"""Pages of a region: path → title, view, and whether the region has it."""

PROJECT = {
    N_("The project at a glance"): ("project_picture", "project_links"),
    N_("What to do next"): ("project_moves",),
    N_("Findings"): ("project_findings",),
    N_("Timeline"): ("project_timeline",),
    N_("The path so far"): ("project_path",),
    N_("Items by track and stage"): ("project_items",),
    N_("About this project"): ("project_facts", "project_use", "project_report"),
}
"""The sections of a project's page → their views, in the order of a meeting."""

PAST = {
    N_("How it went"): ("project_history",),
    "About this project": ("project_facts", "project_use", "project_report"),
}
"""The sections of a retrospective's page: its levels say nothing, and it has no future."""


def pages(portfolio: Portfolio) -> Iterator[Page]:
    """Make every page that comes from data, in the order of the navigation."""
    frame = portfolio.handbook.frame
    for number, stage in frame.stages.items():
        title = f"{number} {stage.title}"
        body = _head_and_items("stage", number)
        yield Page(f"stages/{number}.md", title, body, FRAME, "stages", meta={"hide": ["toc"]})
    for area in portfolio.handbook.areas.values():
        body = _head_and_items("area", area.name)
        source = portfolio.handbook.area_file(area.name)
        yield Page(f"areas/{area.name}.md", area.title, body, source, f"areas/{frame.tracks[area.track].title}")
    for name, partner in frame.partners.items():
        yield Page(f"partners/{name}.md", partner.title, _head_and_items("partner", name), FRAME, "partners")
    for name, modality in frame.modalities.items():
        body = (*_head_and_items("modality", name), LONGEST, Call("modality_paths", name))
        yield Page(f"modalities/{name}.md", modality.title, body, FRAME, "modalities")
    for name, route in frame.routes.items():
        body = (*_head_and_items("route", name), LONGEST, Call("route_paths", name))
        yield Page(f"routes/{name}.md", route.title, body, FRAME, "routes")
    if portfolio.handbook.region:
        for path, (title, view, condition) in REGION.items():
            if condition(portfolio.handbook.region):
                source = _overlay(portfolio.handbook) if view == "region_differences" else REGION_FILE
                said = portfolio.handbook.language.gettext(title)
                yield Page(path, said, (Call(view),), source, "region", meta={"hide": ["toc"]})
    for name, levels in portfolio.levels_only.items():
        body, meta = (Call("levels_only", name),), {"hide": ["navigation"], "mistake": ""}  # nor the forge's address
        yield Page(f"projects/{name}.md", levels.title, body, "", meta=meta)
    for project in portfolio.shown:
        yield from of_project(project)


def of_project(project: Project) -> Iterator[Page]:
    """Make the pages of a project."""
    yield _project_page(project)
    if project.kind is not ProjectKind.RETROSPECTIVE:
        yield _meeting_page(project)


def _overlay(book: Handbook) -> str:
    """Name the file in which a region writes what differs: its last layer, where that is its own."""
    own = [layer.file for layer in book.layers if layer.file.startswith("region/")]
    return own[-1] if own else REGION_FILE


def as_markdown(page: Page, place: Callable[..., str], language: Language = ENGLISH) -> str:
    """Lay out a page for Markdown.

    Args:
        place: From the name of a view and its arguments to what stands in the page.
        language: That of the page. Anchors are English in all of them.
    """
    parts = (_heading(p, language) if isinstance(p, Heading) else place(p.view, *p.arguments) for p in page.body)
    return "\n\n".join(parts)


def _heading(heading: Heading, language: Language) -> str:
    if language.is_english:
        return f"## {heading.text}"
    return f"## {as_entities(language.gettext(heading.text))} {{#{heading.anchor}}}"


def _head_and_items(what: str, name: str | int) -> tuple[Heading | Call, ...]:
    """Lay out a page that nobody has written a guide for."""
    return Call(f"{what}_head", name), Heading(N_("What is asked")), Call(f"{what}_items", name)


def _project_page(project: Project) -> Page:
    """Lay out a project's page."""
    body: list[Heading | Call] = [Call("project_head", project.id), Call("project_notices", project.id)]
    for heading, shown in (PAST if project.kind is ProjectKind.RETROSPECTIVE else PROJECT).items():
        if _has(project, heading):
            body += [Heading(heading), *(Call(view, project.id) for view in shown)]
    meta, source = {"hide": ["navigation"]}, _file(project)
    return Page(f"projects/{project.id}.md", project.title, tuple(body), source, project=project.id, meta=meta)


def _file(project: Project) -> str:
    """Name the file that the pencil opens; none where it holds more than is published."""
    return f"projects/{project.id}.yml" if project.in_full else ""


def _has(project: Project, heading: str) -> bool:
    """Say whether a project has something to show under a heading."""
    if heading == "The path so far":
        dated = any(answer.since for answer in project.answers.values())
        return dated or bool(project.events) or any(True for _ in project.confirmations)
    return True


def _meeting_page(project: Project) -> Page:
    meta = {"hide": ["navigation", "toc"], "search": {"exclude": True}}
    body = (Call("meeting", project.id),)
    source = _file(project)
    return Page(f"meetings/{project.id}.md", project.title, body, source, project=project.id, meta=meta)


Nav: TypeAlias = list[dict[str, str | list[object]]]


def navigation(
    generated: Iterable[Page], nav: Nav, region: RegionFile | None = None, by_hand: Collection[str] = ()
) -> Nav:
    """Fill the sections of `mkdocs.yml` that end in an index page with their generated pages.

    Args:
        generated: The generated pages.
        nav: The navigation as configured. An entry `Stages: stages/index.md` becomes a
            section with that page and every page of the section `stages`; inside a list, `routes/*` becomes every
            page of the section `routes`.
        region: Its pages stand before the last section.
        by_hand: Paths of a region's own pages and other files; a page takes the place of a generated one.
    """
    sections = _sections(page for page in generated if page.section and page.path not in by_hand)
    filled = [{title: _filled(entry, sections)} for entries in nav for title, entry in entries.items()]
    if region:
        written = sorted((path for path in by_hand if path.endswith(".md")), key=lambda path: path != "region/index.md")
        # The theme writes titles of sections as they are.
        filled.insert(-1, {str(escape(region.name)): [*written, *sections.get("region", [])]})
    return filled


def _sections(pages: Iterable[Page]) -> dict[str, list[object]]:
    """Group pages: section → paths, and `{group: paths}` where pages of a section belong together."""
    sections: dict[str, list[object]] = {}
    groups: dict[str, list[str]] = {}
    for page in pages:
        section, _, group = page.section.partition("/")
        entries = sections.setdefault(section, [])
        if not group:
            entries.append(page.path)
            continue
        if page.section not in groups:
            groups[page.section] = []
            entries.append({group: groups[page.section]})
        groups[page.section].append(page.path)
    return sections


def _filled(entry: str | list[object], sections: dict[str, list[object]]) -> str | list[object]:
    """Make a section of an entry that is the index page of one, and put in the pages of sections that a list names."""
    if isinstance(entry, list):
        return [page for each in entry for page in _listed(each, sections)]
    name = entry.removesuffix("/index.md")
    return [entry, *sections[name]] if name in sections else entry


def _listed(entry: object, sections: dict[str, list[object]]) -> list[object]:
    """Give what stands in a list for one of its entries."""
    return sections.get(entry.removesuffix("/*"), []) if isinstance(entry, str) and entry.endswith("/*") else [entry]
