"""Writes the pages of projects, and the files that are made with them, project by project."""

import logging
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files

from macros import outputs
from macros.site import layout
from macros.site.build import Build
from macros.site.made.generated_page import GeneratedPage, Shells
from macros.site.made.place_of_page import point_pencil, trail_to
from macros.site.made.processes import ProcessError, Processes
from macros.site.search import Index, Part, opens_from_disk

log = logging.getLogger("mkdocs.navigator")
STEP = 500  # projects between two messages about progress


class Writer:
    """Writes what is made for each project, alone or with other processes.

    Args:
        pages: Project → its pages that are written here; none where MkDocs writes them.
        index: That of the search; None where there is none.
        keep: Whether the reports on a project are needed again.
    """

    def __init__(
        self,
        build: Build,
        config: MkDocsConfig,
        pages: dict[str, list[GeneratedPage]],
        index: Index | None,
        keep: bool,
    ) -> None:
        self._build, self._config, self._pages, self._index = build, config, pages, index
        self._keep = keep
        self._projects = [project.id for project in build.portfolio.shown]
        self._rests: dict[str, list[Any]] = {}
        self._processes: Processes | None = None
        self._folders: set[str] = set()

    def begin(self, shells: Shells, files: Files, processes: int) -> None:
        """Let other processes begin, where there are to be some; else `end` does all the work."""
        self._shells, self._files = shells, files
        first = self._projects[: processes > 1]  # what all pages need is made before the processes part
        self._first = [self.write(name) for name in first]
        self._processes = Processes(self._projects[len(first) :], self._write_last, processes)

    def end(self) -> None:
        """Write what is not written yet, and then what all projects have in common."""
        try:
            made = self._processes.results() if self._processes else []
        except ProcessError as error:
            raise PluginError(f"the pages of a project cannot be made. {error}") from None
        self._end(dict(zip(self._projects, [*self._first, *made], strict=True)))
        self._build.note_part(Path(self._config.site_dir), str(opens_from_disk(self._config)))

    def again(self, names: Iterable[str]) -> None:
        """Write projects again that have been edited, and what depends on all projects."""
        for name in names:
            for page, generated in zip(self._pages[name], self._laid_out(name), strict=True):
                page.generated = self._build.pages[generated.path] = generated
        self._end({name: self.write(name) for name in names})
        of_all = [output for output in outputs.LINKED if output not in outputs.OF_CHECKLISTS]
        self._put(outputs.files(of_all, self._build.portfolio, self._config.site_url or ""))

    def writes(self, name: str) -> bool:
        """Say whether all pages of a project are written here; those that somebody has written are not."""
        return len(self._pages.get(name, ())) == len(self._laid_out(name))

    def _laid_out(self, name: str) -> list[layout.Page]:
        return [*layout.of_project(self._build.portfolio.handbook.projects[name])]

    def _end(self, made: dict[str, Any]) -> None:
        """Write the files of all projects, from what was returned with those of each."""
        for name, (parts, rest) in made.items():
            self._rests[name] = rest
            for part in parts:
                self._index.add(part)  # type: ignore[union-attr]  # without one there are no parts
        rests = [self._rests[name] for name in self._projects]
        if not self._build.is_slice:
            self._put(outputs.of_all(self._build.portfolio, rests, self._config.site_url or ""))

    def stop(self) -> None:
        """End the other processes, because the build has failed."""
        if self._processes:
            self._processes.stop()

    def write(self, name: str) -> tuple[list[Part], list[Any]]:
        """Write what is made for a project; gives its part of the search, and of the files of all projects."""
        portfolio = self._build.portfolio
        parts = [part for page in self._pages.get(name, ()) if (part := self._write_page(page))]
        if self._build.is_slice:
            return parts, []  # what all share has these files
        project = portfolio.handbook.projects[name]
        made, rest = outputs.of_project(portfolio, project, self._config.site_url or "")
        self._put(made)
        return parts, rest

    def _write_last(self, name: str) -> tuple[list[Part], list[Any]]:
        written = self.write(name)
        if not self._keep:
            self._build.portfolio.release(name)
        self._build.written += 1
        if self._build.written % STEP == 0:
            log.info(f"the pages of {self._build.written:,} of {len(self._projects):,} projects are written")
        return written

    def _write_page(self, page: GeneratedPage) -> Part | None:
        point_pencil(page, self._build, self._config)
        page.read_source(self._config)
        page.render(self._config, self._files)
        page.content = self._build.deferred.fill(page.content or "", "held")
        part = self._index.part_of(page) if self._index else None
        if not self._build.writes(page.file.dest_uri):
            return part
        html = self._build.finished(self._shells.around(page, trail_to(page, self._build)), page)
        page.content = None
        self._write_file(page.file.abs_dest_path, html.encode("utf-8", errors="xmlcharrefreplace"))
        return part

    def _put(self, files: Iterable[outputs.File]) -> None:
        site = self._config.site_dir
        for path, content in files:
            self._write_file(os.path.join(site, path), content)  # noqa: PTH118  # as text, for a file of thousands
            del content  # before the next one, which may be as large

    def _write_file(self, path: str, content: bytes) -> None:
        """Write a file of the site. Its folder is made once: to ask each time took a millisecond for each project."""
        folder = os.path.dirname(path)  # noqa: PTH120
        if folder not in self._folders:
            os.makedirs(folder, exist_ok=True)  # noqa: PTH103
            self._folders.add(folder)
        Path(path).write_bytes(content)
