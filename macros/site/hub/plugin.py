"""What differs at the events of MkDocs where the site is that of a hub."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from macros.edit.write import said
from macros.engine.portfolio import Portfolio
from macros.hub.copies import DATA
from macros.hub.documents import Scale
from macros.hub.gathered import gather_copies
from macros.load import collector
from macros.load.handbook import shared
from macros.load.network import NETWORK, NetworkFile, is_hub, network_of
from macros.site.build import Build, address_of
from macros.site.environment import home_of, today
from macros.site.heads import robots
from macros.site.hub.pages import navigation, pages
from macros.site.languages.chosen import Languages
from macros.site.languages.guides import Guides
from macros.site.languages.switch import InLanguage
from macros.site.languages.theme import speak_scripts, theme_words
from macros.site.made.deferred import Deferred
from macros.site.plugin import Navigator
from macros.site.search import prepare
from macros.text.report import Problems
from macros.views.context import PageContext
from macros.views.registry import Views

KEPT = "assets/"
"""The folder of docs/ that a hub has too: styles and scripts. Guides and checklists are on the sites of the regions."""
LEFT_OUT = "assets/form/"


def plugin_of(root: Path, *, serving: bool) -> Navigator:
    """Make what answers the events of a build: that of a hub, where the repository names a network."""
    try:
        hub = is_hub(home_of(root))
    except ValueError:  # said when the build is configured
        hub = False
    return Hub(serving) if hub else Navigator(serving)


class Hub(Navigator):  # type: ignore[no-untyped-call]
    """The events of one build of a hub: the same as on any site, but for the pages and what they are made from."""

    network: NetworkFile

    def configure(self, config: MkDocsConfig) -> MkDocsConfig:
        """Give the site the name and address of the network, and a menu of its own."""
        super().configure(config)
        home = home_of(Path(config.config_file_path).parent)
        config.watch += [str(home / name) for name in (NETWORK, DATA) if (home / name).exists()]
        self.network = _asked(lambda: network_of(home))
        config.site_name = escape(self.network.name)
        if not (config.site_url or "").startswith("http://"):  # `serve` has put its own address there
            config.site_url = self.network.address
        config.site_description = str(escape(f"Cell and gene therapy projects of the regions of {self.network.name}"))
        config.nav = navigation()
        config.extra["hub"] = True
        return config

    def begin(self, env: Any) -> None:
        """Read the shared checklists, which give titles, and the copies of what the regions publish."""
        config = env.conf
        root = Path(config.config_file_path).parent
        book = replace(_asked(lambda: shared(root)), keywords={})
        scale = Scale(frozenset(book.frame.tracks), len(book.frame.stages))
        home, deferred = home_of(root), Deferred()
        network = _asked(lambda: gather_copies(home, self.network, scale))
        address = partial(address_of, config.use_directory_urls)
        portfolio = Portfolio(book, today())
        context = PageContext(portfolio, address, site=config.site_url or "", stash=deferred.hold, network=network)
        tongue = InLanguage(Languages(), book.language, Guides(root, home, book.language, "en"), context.site)
        self.build = Build(root, home, Views(context), deferred, tongue)

    @event_priority(100)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Take styles and scripts of the shared handbook, and the pages of the hub."""
        context = self.build.views.root
        for file in [*files]:
            ours = Path(file.abs_src_path or "").is_relative_to(config.docs_dir)
            if ours and (not file.src_uri.startswith(KEPT) or file.src_uri.startswith(LEFT_OUT)):
                files.remove(file)
        self.made, self._processes = {}, 1
        for page in pages(self.network):
            self._add(page, files, config)
        files.append(File.generated(config, "robots.txt", content=robots(config.site_url or "")))
        speak_scripts(config, files, self.build.language)
        self.index, self._workers = prepare(config, files, context.handbook)
        collector.keep()
        return files

    def edited(self) -> bool:
        """Say no: after an edit the six pages are built anew."""
        return False

    def on_env(self, env: Environment, **_: Any) -> Environment:
        """Let the theme not look for changed templates on each page, and give it the words of the language."""
        env.auto_reload = False
        theme_words(env, self.build.language)
        return env

    def on_pre_page(self, page: Page, **_: Any) -> Page:
        """Leave the pencil out: nobody edits these pages."""
        page.edit_url = None
        return page

    def on_post_build(self, **_: Any) -> None:
        """Write nothing more."""


def _asked(read: Any) -> Any:
    """Read something, or refuse politely."""
    try:
        return read()
    except Problems as problems:
        raise PluginError(f"the hub has problems.\n\n{problems}\n") from None
    except OSError as error:
        raise PluginError(said(error)) from None
