"""What `serve` does after an edit: where only status files were edited, it writes what shows those projects.

Everything else is a build of its own. Nothing is kept on the disk: what one build has in memory is used until the next.
"""

import os
from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

from mkdocs.commands.build import _build_page, _populate_page
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation

from macros.engine.audience import extent_of
from macros.fields.publish import Extent
from macros.load.handbook import read_project
from macros.model.status_file import Project
from macros.site.build import Build
from macros.site.made.writer import Writer
from macros.text.problem import Problem
from macros.text.report import stops

State: TypeAlias = dict[Path, tuple[int, int]]
"""Files that a site is built from, with their time and size."""


def state_of(places: Iterable[str | Path]) -> State:
    """List the files in folders, and files, with their time and size."""
    found = {}
    for place in places:
        inside = (Path(folder, name) for folder, _, names in os.walk(place) for name in names)
        for path in inside if Path(place).is_dir() else (Path(place),):
            if path.parent.name != "__pycache__":
                with suppress(OSError):  # one that an editor has just replaced
                    about = path.stat()
                    found[path] = about.st_mtime_ns, about.st_size
    return found


class Served:
    """A site that is served: what it was built from, and whether all of that is in memory.

    Args:
        config: Names the folders that are watched.
    """

    def __init__(self, config: MkDocsConfig) -> None:
        self._places = [config.docs_dir, config.config_file_path or "", *config.watch]
        self._state = state_of(self._places)
        self._whole = False

    def is_built(self, build: Build, writer: Writer, files: Files, nav: Navigation, env: Any) -> None:
        """Note that the site is written, and what it was written with."""
        self._build, self._writer, self._files, self._nav, self._env = build, writer, files, nav, env
        self._whole = True

    def edited(self, config: MkDocsConfig, day: date) -> bool:
        """Write what an edit touches; say no where that is not only the pages that show some projects."""
        now = state_of(self._places)
        paths = {path for path in now.keys() | self._state.keys() if now.get(path) != self._state.get(path)}
        if not self._whole or day != self._build.portfolio.day or not paths or now.keys() != self._state.keys():
            return False
        projects = [self._read(path) for path in sorted(paths)]
        if None in projects:
            return False
        self._whole = False  # until everything is written
        for project in filter(None, projects):
            self._build.portfolio.replace(project)
        self._write({project.id for project in projects if project}, config)
        self._state, self._whole = now, True
        return True

    def _read(self, path: Path) -> Project | None:
        """Read a project whose file has been edited; None where it is none, has problems, or has become another."""
        build = self._build
        book = build.portfolio.handbook
        file, before = f"projects/{path.name}", book.projects.get(path.stem)
        base = build.home if (build.home / file).is_file() else build.root
        if before is None or path != base / file or not self._writer.writes(before.id):
            return None
        found: list[Problem] = []
        project = read_project(base, file, book, build.portfolio.day, found)
        if project is None or stops(found) or not before.in_full or extent_of(project, book) is not Extent.FULL:
            return None  # what is not published in full is left out by a build
        return project if (project.kind, project.formerly) == (before.kind, before.formerly) else None

    def _write(self, projects: set[str], config: MkDocsConfig) -> None:
        """Write the pages of projects, those that show them, what all projects have in common, and the search."""
        self._writer.again(sorted(projects))
        pages = self._files.documentation_pages()
        shown = [file.page for file in pages if file.page and self._build.shows(file.page.url, projects)]
        for page in shown:
            self._build.calls.pop(page.url)
            _populate_page(page, config, self._files)
        for page in shown:
            _build_page(page, config, pages, self._nav, self._env)
        if search := config.plugins.get("material/search") or config.plugins.get("search"):
            search.on_post_build(config=config)
