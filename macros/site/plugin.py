"""What happens at each event of MkDocs: generated pages, their navigation and pencils, and HTML put in last."""

import logging
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from macros import outputs
from macros.load import collector
from macros.load.catalogues import OF_REGION
from macros.load.languages import spoken
from macros.site import layout
from macros.site.branding import brand, of_region, region_of
from macros.site.build import Build, begin
from macros.site.environment import place_of_build, processes_of_environment, today
from macros.site.heads import ANY_SCRIPT, hashes, robots, say_of, with_policy
from macros.site.languages.chosen import Languages, languages_of
from macros.site.languages.theme import speak_scripts, speak_theme, theme_words
from macros.site.made.generated_page import GeneratedPage, MadeFile, Shells
from macros.site.made.place_of_page import ARTICLE, point_pencil, trail_to
from macros.site.made.refusals import refusals
from macros.site.made.serving import Served
from macros.site.made.writer import STEP, Writer
from macros.site.redirects import lead_on, led_on, redirects, tolerated
from macros.site.search import Index, opens_from_disk, prepare
from macros.site.text_pages import PageError, filled
from macros.text.slugs import as_anchor

log = logging.getLogger("mkdocs.navigator")


class Navigator(BasePlugin):  # type: ignore[no-untyped-call, type-arg]
    """The events of one build. `configure` comes first, then `begin`, then those that MkDocs calls by their names.

    Args:
        serving: Whether the site is served live.
        languages: Those of the site, where pages in a further one are built; else its region names them.
    """

    build: Build
    index: Index | None

    def __init__(self, serving: bool, languages: Languages | None = None) -> None:
        self.serving = serving
        self._languages = languages

    def configure(self, config: MkDocsConfig) -> MkDocsConfig:
        """Give the site the name, address, forge and look of its region, and its language.

        A preview that opens from disk takes the script that its search needs from here, not from elsewhere.
        """
        collector.start_again()
        root = Path(config.config_file_path).parent
        with refusals():
            home = place_of_build(root)
        own = [home / "region", root / "languages"] + ([home / "projects"] if home != root else [])
        config.watch += [str(folder) for folder in own if folder.is_dir()]
        logging.getLogger("mkdocs.structure.pages").addFilter(tolerated)
        region = region_of(home)
        with refusals():
            self.languages = self._languages or languages_of(region, root)
            self._spoken = spoken(root, home, self.languages.code, self.languages.path)
        speak_theme(config, self._spoken[0])
        if region:
            brand(config, region, *self._spoken)
        if config.site_url:
            config.site_url += self.languages.path
        config.mdx_configs.setdefault("toc", {})["slugify"] = as_anchor
        if opens_from_disk(config):
            config.extra["polyfills"] = ["assets/vendor/iframe-worker-shim.js"]
        self._config = config
        self._served = Served(config) if self.serving and len(self.languages.codes) == 1 else None
        return config

    def edited(self) -> bool:
        """Write what an edit under `serve` touches; say no where that takes a build."""
        return bool(self._served and self._served.edited(self._config, today()))

    def begin(self, env: Any) -> None:
        """Load the handbook, or refuse politely. The macros plugin calls this before each build.

        It gets no macros: it would call them without a sandbox, and put a traceback into the page where one fails.
        """
        config = env.conf
        root = Path(config.config_file_path).parent
        with refusals(root, self.languages.codes[0]):
            where = config.edit_uri or "", config.site_url or "", config.use_directory_urls
            self.build = begin(root, *where, self.languages, self._spoken)
            self._processes = processes_of_environment(len(self.build.portfolio.shown))

    @event_priority(100)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the generated pages; a page written by hand with the same path wins."""
        build = self.build
        collector.keep()
        if len(build.portfolio.shown) > STEP:
            log.info(f"{len(build.portfolio.shown):,} projects are read and checked; pages are being made")
        region = build.portfolio.handbook.region
        own = [*of_region(config, region, build.home)]
        made = outputs.files(outputs.LINKED, build.portfolio, config.site_url or "")
        for path, content in [*made, *redirects(build.portfolio, config.use_directory_urls)]:
            files.append(File.generated(config, path, content=content))
        for file in (*own, *(MadeFile.generated(config, path, content="") for path in outputs.later(build.portfolio))):
            files.append(file)
        with refusals():
            build.tongue.guides.lay_over(files, own)
        self.made: dict[str, list[GeneratedPage]] = {}
        for page in layout.pages(build.portfolio):
            self._add(page, files, config)
        lead_on(files, config, build.portfolio.handbook.moved)
        files.append(File.generated(config, "robots.txt", content=robots(config.site_url or "")))
        config.nav = layout.navigation(build.pages.values(), config.nav or [], region, {file.src_uri for file in own})
        speak_scripts(config, files, build.language)
        self.index, self._workers = prepare(config, files, build.portfolio.handbook)
        self.writer = Writer(build, config, self.made, self.index, keep=self.serving)
        collector.keep()
        return files

    def _add(self, page: layout.Page, files: Files, config: MkDocsConfig) -> None:
        by_hand = files.get_file_from_path(page.path)
        self.build.pages[page.path] = replace(page, body=()) if by_hand else page
        if by_hand:
            return
        level = InclusionLevel.INCLUDED if page.section else InclusionLevel.NOT_IN_NAV
        kind = MadeFile if page.project and self._processes else File
        file = kind.generated(config, page.path, content="", inclusion=level)
        file.edit_uri = page.source and f"../{page.source}"
        files.append(file)
        if page.project:
            made = GeneratedPage(page, self.build, file, config)
            if self._processes:
                self.made.setdefault(page.project, []).append(made)

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Let the pages of projects be written, and the theme not look for changed templates on each page."""
        self._env, self._files = env, files
        env.auto_reload = False
        collector.keep()
        theme_words(env, self.build.language)
        shells = Shells(env, self._nav, files, config, lambda html: self._ruled(html, html, config))
        self.writer.begin(shells, files, 1 if self.serving else self._processes)
        return env

    def on_template_context(self, context: Any, *, template_name: str, config: MkDocsConfig) -> Any:
        """List the pages of projects in the map of the site too."""
        if template_name == "sitemap.xml":
            made = (page.file for pages in self.made.values() for page in pages)
            context["pages"] = [*context["pages"], *made]
        return context

    def on_build_error(self, *, error: Exception) -> None:
        """Let no other process go on writing."""
        if writer := getattr(self, "writer", None):
            writer.stop()

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Place the pages of projects below *Projects*, though it would cost too much to list them there."""
        self._nav = nav
        index = files.get_file_from_path("projects/index.md")
        above = index.page.parent if index and index.page else None
        for file in files:
            if file.page and file.page.parent is None and file.src_uri.startswith(("projects/", "meetings/")):
                file.page.parent = above
        return nav

    @event_priority(100)
    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Lay out generated guides, before the macros plugin; give them their titles, escaped once for the whole theme.

        A guide that is written by hand for such a page needs no title of its own.
        """
        generated = self.build.pages.get(page.file.src_uri)
        if generated and "title" not in page.meta:
            # The theme strips tags from the title, which undoes one escape; what stands in `meta` it takes as it is.
            page.title = page.meta["title"] = str(escape(generated.title))
        place = partial(self.build.place, at=page.url)
        page.meta["render_macros"] = False  # by the plugin, which has no sandbox
        if generated and generated.body and not generated.project:
            page.meta.update(generated.meta)
            return layout.as_markdown(generated, place, self.build.language)
        own = (page.file.edit_uri or "").removeprefix("../")
        name = own if own.startswith(("region/pages/", f"{OF_REGION}/")) else f"docs/{page.file.src_uri}"
        if isinstance(page, GeneratedPage):
            return markdown
        try:
            return filled(name, page.file.content_string, markdown, place, self.build.is_file)
        except PageError as error:
            raise PluginError(str(error)) from None

    def on_pre_page(self, page: Page, *, config: MkDocsConfig, files: Files) -> Page:
        """Let the pencil open the file behind a page."""
        point_pencil(page, self.build, config)
        return page

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Put in the HTML that search and readers need, now that Markdown is done."""
        build, path = self.build, page.file.src_uri
        build.trails[path] = trail_to(page, build)
        html = build.deferred.fill(build.tongue.content(html, page), "held")
        if path.startswith("region/"):
            html = led_on(html, page.file, files, build.portfolio.handbook.moved)
        if not isinstance(page, GeneratedPage):
            say_of(page, html, build.views.root, config.site_description or "")
        return build.tongue.terms.linked(html, page, files)

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Put in the policy, which lets in scripts of the theme only, the trail to the page, and the big tables.

        Last of all, the page is made fit for every reader. A page of another part of the site is not written.
        """
        build = self.build
        if not build.writes(page.file.dest_uri):
            return ""
        way = build.trails.pop(page.file.src_uri, "")
        ruled = self._ruled(output, output.replace(page.content or "", ""), config)
        return build.finished(ruled.replace(ARTICLE, f"{way}{ARTICLE}", 1), page)

    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Put the policy into the page for a wrong address."""
        page = template_name.endswith(".html")
        return self._ruled(output_content, output_content, config) if page else output_content

    @event_priority(100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the rest of what is made for projects, before the search; name keywords that belong to no page."""
        self.writer.end()
        if self._served:
            self._served.is_built(self.build, self.writer, self._files, self._nav, self._env)
        for place in sorted(self.index.unused if self.index and not self.build.is_slice else ()):
            log.warning(f'keywords.yml has words for "{place}", which is neither a page nor an item')

    def _ruled(self, html: str, theme: str, config: MkDocsConfig) -> str:
        """Put the policy in; a page on disk has no site that it could belong to, and its search writes scripts."""
        html = html.replace(*self._workers)
        return html if opens_from_disk(config) else with_policy(html, ANY_SCRIPT if self.serving else hashes(theme))
