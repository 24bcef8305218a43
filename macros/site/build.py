"""One build of the site: what is loaded, what waits until Markdown is done, and what has been written."""

from collections.abc import Collection
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from macros.edit.parts import SHARED, Part, add_pages, made_from, write_note
from macros.engine.audience import everything, published
from macros.engine.portfolio import Portfolio
from macros.load.handbook import load
from macros.load.languages import Spoken, frames, in_language, spoken, states
from macros.model.status_file import ProjectKind
from macros.pages.calls import MACROS
from macros.pages.narrow import finished
from macros.site.branding import edit_address
from macros.site.environment import chosen, for_the_inside, home_of, part_of_environment, patterns, today
from macros.site.languages.chosen import ALONE, Languages
from macros.site.languages.guides import Guides
from macros.site.languages.switch import STATE, InLanguage
from macros.site.layout import Page
from macros.site.made.deferred import Deferred
from macros.text.messages import Language
from macros.views.context import Kind, PageContext
from macros.views.registry import VIEWS, Views


@dataclass
class Build:
    """One build: MkDocs hands on the same to each of its events, and `export` makes one of its own.

    Attributes:
        root: The repository with docs/ and checklists/.
        home: The folder that holds `region/` and its projects.
        tongue: Finishes pages in their language.
        deferred: The HTML that waits until Markdown is done.
        pages: Path of a generated page → the page.
        written: Of how many projects everything is written.
        calls: Address of a page that MkDocs writes → the views that it shows, each with its arguments.
        trails: Path of a page → the way to it, which stands above its content.
        part: Which part of the site is built; None for the whole.
        of_projects: The files of the pages of projects, in the site.
    """

    root: Path
    home: Path
    views: Views
    deferred: Deferred
    tongue: InLanguage
    pages: dict[str, Page] = field(default_factory=dict)
    written: int = 0
    calls: dict[str, list[tuple[str, tuple[str | int, ...]]]] = field(default_factory=dict)
    trails: dict[str, str] = field(default_factory=dict)
    part: Part | None = None
    of_projects: set[str] = field(default_factory=set)

    @property
    def is_slice(self) -> bool:
        """Whether only the pages of some projects are built, and nothing that all share."""
        return bool(self.part and self.part.number)

    def writes(self, file: str) -> bool:
        """Say whether a page is written by this part of the site."""
        return self.part is None or self.part.writes(of_a_project=file in self.of_projects)

    def note_part(self, site: Path, *settings: str) -> None:
        """Write which part this is, for whoever merges the parts of a site; further languages add their pages.

        Args:
            site: The folder of the pages in the language.
            settings: What the site depends on besides its files.
        """
        if self.part and self.language.path:
            add_pages(site.parent, (f"{self.language.path}{page}" for page in self.of_projects))
        elif self.part:
            shared = [self.root / name for name in SHARED]
            own = [self.home / name for name in ("region", "projects")]
            words = (str(self.portfolio.day), str(for_the_inside()), patterns(), str(self.part.of), *settings)
            code = made_from([*shared, *own], *words, *self.tongue.languages.codes)
            write_note(site, self.part, code, self.of_projects)

    @property
    def portfolio(self) -> Portfolio:
        """The projects that the site shows."""
        return self.views.portfolio

    @property
    def language(self) -> Language:
        """The language of the pages."""
        return self.portfolio.handbook.language

    def is_own(self, file: str) -> bool:
        """Say whether a file belongs to the repository that the projects are in; upstream's examples do not.

        In the shared repository every file does.
        """
        book = self.portfolio.handbook
        folder, _, name = file.partition("/")
        project = book.projects.get(name.removesuffix(".yml"))
        example = project is not None and project.kind is not ProjectKind.PROJECT
        of_region = folder == "region" or (folder == "projects" and not example)
        return book.region is None or (of_region and (self.home / file).is_file())

    def is_file(self, path: str) -> bool:
        """Say whether a path of the region's repository, or of the shared one, is a file."""
        return (self.home / path).is_file() or (self.root / path).is_file()

    def finished(self, html: str, page: Any) -> str:
        """Put in what comes last, say in which languages the page is, and make it fit for every reader.

        Args:
            html: The page.
            page: That of MkDocs.
        """
        whole = self.deferred.fill(html, "late")
        return finished(self.tongue.finished(whole, page, self.views.at(page.url).page(STATE)))

    def shows(self, at: str, projects: Collection[str]) -> bool:
        """Say whether a page, by its address, may show one of these projects."""
        calls = self.calls.get(at, ())
        return any(VIEWS[view].of_all_projects or not {*words}.isdisjoint(projects) for view, words in calls)

    def place(self, view: str, *arguments: str | int, at: str) -> str:
        """Call a view for a page that Markdown is about to read.

        Args:
            at: The address of the page, seen from the root of the site.

        Returns:
            Markdown, or the mark of HTML that is kept away from it.
        """
        of_project = MACROS.get(view) == ("project",) and view != "levels_only"
        if of_project and arguments[0] not in self.portfolio.handbook.projects:
            return ""  # a region's page asks for more than is published
        kind = VIEWS[view].kind
        self.calls.setdefault(at, []).append((view, arguments))
        show = partial(self.views.show, view, *arguments, at=at)
        if kind is Kind.LATE:
            return self.deferred.postpone(show)
        if kind is Kind.MARKDOWN:
            return show()
        html = show()
        if kind is Kind.INLINE and len(arguments) == len(MACROS[view]):
            html = self.tongue.guides.in_words_of(at, html)  # the guide has given the words
        return self.deferred.hold(html, inline=kind is Kind.INLINE)


def begin(
    root: Path,
    edit_uri: str,
    site: str,
    directories: bool = True,
    languages: Languages = ALONE,
    said: Spoken | None = None,
) -> Build:
    """Load the handbook and make what pages are built from.

    Args:
        root: The repository.
        edit_uri: The address under which docs/ is edited, where no region says otherwise.
        site: The address of the site; empty where it is not known.
        directories: Whether a page `a.md` gets the address `a/` rather than `a.html`.
        languages: Those of the site, with the one of the pages; English alone where nothing is given.
        said: The language of the pages with its catalogues, where they have been read.

    Raises:
        Problems: every mistake found, when there is one.
    """
    day, home, deferred = today(), home_of(root), Deferred()
    whole = load(root, day, home, chosen)
    language, catalogues = said or spoken(root, home, languages.code, languages.path)
    english = everything(whole) if for_the_inside() else published(whole, day, language.gettext)
    handbook = in_language(english.handbook, language, catalogues)
    hidden, every = (english.levels_only, english.not_shown), partial(frames, root, home, english.handbook)
    context = PageContext(
        Portfolio(handbook, day, partial(_text_of, root, home), *hidden, every),
        partial(address_of, directories),
        edit_uri=edit_address(handbook.region) if handbook.region else edit_uri,
        shared_edit_uri=edit_uri,
        site=site,
        stash=deferred.hold,
        states=partial(states, root, home, english.handbook, {language.code: catalogues}),
    )
    written = handbook.region.written_in if handbook.region else "en"
    tongue = InLanguage(languages, handbook.language, Guides(root, home, handbook.language, written), site)
    return Build(root, home, Views(context), deferred, tongue, part=part_of_environment())


def _text_of(root: Path, home: Path, project: str) -> str:
    """Read a project's file as it is, with its mark of the byte order and its ends of lines."""
    file = home / "projects" / f"{project}.yml"
    return (file if file.is_file() else root / "projects" / f"{project}.yml").read_bytes().decode()


def address_of(directories: bool, path: str, anchor: str) -> str:
    """Give the address of a page (`.md`) or file, seen from the root of the site."""
    page = path.removesuffix(".md")
    if page == path:
        url = path
    elif directories:
        url = f"{page.removesuffix('index').rstrip('/')}/".lstrip("/")
    else:
        url = f"{page}.html"
    return f"{url}{'#' * bool(anchor)}{anchor}"
