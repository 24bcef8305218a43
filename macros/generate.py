"""The pages that are made from data: their paths, their Markdown and the file behind each."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from macros.answers import Project, ProjectKind
from macros.reminders import calendar, entries, event, feed
from macros.start import templates
from macros.views import Views


@dataclass(frozen=True)
class Page:
    """One generated page.

    Attributes:
        path: Under docs/, with `.md`.
        title: As text; the site escapes it.
        markdown: Macro calls with names of ours, never data.
        source: The file that the pencil opens, from the repository's root.
        section: Where it stands in the navigation; empty for none.
    """

    path: str
    title: str
    markdown: str
    source: str
    section: str = ""


MEETING = """\
---
hide: [navigation, toc]
search: {{exclude: true}}
---

{{{{ meeting("{id}") }}}}
"""

PAST = ("What to do next", "What must start when")
"""Sections that a retrospective has no use for."""

PROJECT = """\
---
hide: [navigation]
---

{{{{ project_head("{id}") }}}}

## Where it stands

{{{{ project_picture("{id}") }}}}

{{{{ project_links("{id}") }}}}

## Findings

{{{{ project_findings("{id}") }}}}

## What to do next

{{{{ project_moves("{id}") }}}}

## What must start when

{{{{ project_forecast("{id}") }}}}

## The path so far

{{{{ project_path("{id}") }}}}

## What is missing

{{{{ project_gaps("{id}") }}}}

## Who does what

{{{{ project_partners("{id}") }}}}

## What is met

{{{{ project_met("{id}") }}}}

## What does not apply

{{{{ project_not_applicable("{id}") }}}}

## About this project

{{{{ project_facts("{id}") }}}}

The pencil at the top of this page opens the file behind it. [How to report](../report.md) shows what to write.
"""


FRAME = "checklists/navigator.yml"
HEAD_AND_ITEMS = "{{{{ {what}_head({name}) }}}}\n\n## What is asked\n\n{{{{ {what}_items({name}) }}}}\n"
WIDE = "---\nhide: [toc]\n---\n\n"


def pages(views: Views) -> Iterator[Page]:
    """Make every page that comes from data, in the order of the navigation."""
    frame = views.handbook.frame
    for number, stage in frame.stages.items():
        title = f"{number} {stage.title}"
        yield Page(f"stages/{number}.md", title, WIDE + _head_and_items("stage", number), FRAME, "stages")
    for area in views.handbook.areas.values():
        text = _head_and_items("area", area.name)
        source = f"checklists/{area.track}/{area.name}.yml"
        yield Page(f"areas/{area.name}.md", area.title, text, source, f"areas/{frame.tracks[area.track].title}")
    for name, partner in frame.partners.items():
        yield Page(f"partners/{name}.md", partner.title, _head_and_items("partner", name), FRAME, "partners")
    for name, modality in frame.modalities.items():
        yield Page(f"modalities/{name}.md", modality.title, _head_and_items("modality", name), FRAME, "modalities")
    for name, route in frame.routes.items():
        yield Page(f"routes/{name}.md", route.title, _head_and_items("route", name), FRAME, "modalities")
    for project in views.shown:
        source = f"projects/{project.id}.yml"
        yield Page(f"projects/{project.id}.md", project.title, _project_page(project), source)
        if project.kind is not ProjectKind.RETROSPECTIVE:
            yield Page(f"meetings/{project.id}.md", project.title, MEETING.format(id=project.id), source)


def _head_and_items(what: str, name: object) -> str:
    """Lay out a page that nobody has written a guide for."""
    return HEAD_AND_ITEMS.format(what=what, name=json.dumps(name))


def _project_page(project: Project) -> str:
    """Lay out a project's page; a retrospective has no future to show."""
    first, *sections = PROJECT.format(id=project.id).split("\n## ")
    if project.kind is ProjectKind.RETROSPECTIVE:
        sections = [section for section in sections if not section.startswith(PAST)]
    return "\n## ".join([first, *sections])


def files(views: Views, site: str) -> Iterator[tuple[str, bytes]]:
    """Make the calendars, the first files of projects and the feed: path in the site, content.

    Args:
        site: The address of the site, with a slash at its end.
    """
    looks = [look for project in views.current for look in views.looks(project.id)]
    found = [
        (look.project.id, entry.partner, event(look.project, entry, site, views.day))
        for look in looks
        for entry in entries(look, views.handbook)
    ]
    mine: dict[str, list[bytes]] = {}
    for project_id, _, written in found:
        mine.setdefault(project_id, []).append(written)
    for project in views.current:
        yield f"calendar/{project.id}.ics", calendar(project.title, mine[project.id])
    for name, partner in views.handbook.frame.partners.items():
        theirs = [written for _, owner, written in found if owner in ("", name)]
        yield f"calendar/partners/{name}.ics", calendar(f"Navigator, {partner.title}", theirs)
    yield from templates(views.handbook, views.day)
    yield "feed.xml", feed("Navigator, findings", looks, views.handbook, site)


def navigation(views: Views, nav: list[dict[str, str | list[object]]]) -> list[dict[str, str | list[object]]]:
    """Fill the sections of `mkdocs.yml` that end in an index page with their generated pages.

    Args:
        nav: The navigation as configured. An entry `Stages: stages/index.md` becomes a
            section with that page and every page of the section `stages`.
    """
    made: dict[str, list[object]] = {}
    for page in pages(views):
        section, _, group = page.section.partition("/")
        if not section:
            continue
        entries = made.setdefault(section, [])
        if not group:
            entries.append(page.path)
            continue
        found = next((entry for entry in entries if isinstance(entry, dict) and group in entry), None)
        if found is None:
            found = {group: []}
            entries.append(found)
        found[group].append(page.path)
    return [
        {title: [path, *made[section]]}
        if isinstance(path, str) and (section := path.removesuffix("/index.md")) in made
        else {title: path}
        for entry in nav
        for title, path in entry.items()
    ]
