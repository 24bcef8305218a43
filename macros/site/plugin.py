"""What happens at each event of MkDocs: generated pages, their navigation and pencils, and HTML put in last."""

import logging
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from jinja2 import Environment
from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import write_file

from macros import outputs
from macros.edit.write import said
from macros.load import collector
from macros.load.languages import spoken
from macros.pages.narrow import for_narrow_screens, without_indents
from macros.site import layout
from macros.site.branding import brand, of_region, opens_from_disk, region_of
from macros.site.build import Build, begin
from macros.site.environment import place_of_build
from macros.site.heads import ANY_SCRIPT, hashes, robots, say_of, sections_above, with_policy
from macros.site.languages.chosen import Languages, languages_of
from macros.site.languages.switch import STATE, InLanguage
from macros.site.languages.theme import speak_scripts, speak_theme, theme_words
from macros.site.prerendered import GeneratedPage, dress
from macros.site.redirects import lead_on, led_on, redirects, tolerated
from macros.site.search import Index, prepare
from macros.site.text_pages import PageError, filled
from macros.text.direction import with_directions
from macros.text.report import Problems
from macros.text.slugs import as_anchor
from macros.views.glossary import explain, pattern, read_terms
from macros.views.guide import trail

log = logging.getLogger("mkdocs.navigator")
STEP = 500  # pages between two messages about progress


class Navigator(BasePlugin):  # type: ignore[no-untyped-call, type-arg]
    """The events of one build. `configure` comes first, then `begin`, then those that MkDocs calls by their names.

    Args:
        serving: Whether the site is served live.
    """

    build: Build
    index: Index | None

    def __init__(self, serving: bool, languages: Languages | None = None) -> None:
        self.serving = serving
        self.languages = languages or Languages()
        self._further = languages is not None

    def in_another(self, languages: Languages) -> "Navigator":
        """Make the plugin for the build of a further language."""
        return Navigator(self.serving, languages)

    def configure(self, config: MkDocsConfig) -> MkDocsConfig:
        """Give the site the name, address, forge and look of its region, and its language.

        A preview that opens from disk takes the script that its search needs from here, not from elsewhere.
        """
        collector.start_again()
        root = Path(config.config_file_path).parent
        try:
            home = place_of_build(root)
        except ValueError as error:
            raise PluginError(str(error)) from None
        own = [home / "region"] + ([home / "projects"] if home != root else [])
        config.watch += [str(folder) for folder in own if folder.is_dir()]
        logging.getLogger("mkdocs.structure.pages").addFilter(tolerated)
        region = region_of(home)
        if not self._further:
            self.languages = languages_of(region)
        try:
            speak_theme(config, spoken(root, home, self.languages.code, self.languages.path)[0])
        except Problems as problems:
            raise _refused(problems) from None
        if region:
            brand(config, region)
        if config.site_url:
            config.site_url += self.languages.path
        config.mdx_configs.setdefault("toc", {})["slugify"] = as_anchor
        if opens_from_disk(config):
            config.extra["polyfills"] = ["assets/vendor/iframe-worker-shim.js"]
        return config

    def begin(self, env: Any) -> None:
        """Load the handbook, or refuse politely. The macros plugin calls this before each build.

        It gets no macros: it would call them without a sandbox, and put a traceback into the page where one fails.
        """
        config = env.conf
        try:
            root = Path(config.config_file_path).parent
            self.build = begin(
                root, config.edit_uri or "", config.site_url or "", config.use_directory_urls, self.languages
            )
        except Problems as problems:
            raise _refused(problems) from None
        except OSError as error:
            raise PluginError(said(error)) from None

    @event_priority(100)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the generated pages; a page written by hand with the same path wins."""
        build = self.build
        self.tongue = InLanguage(self.languages, build.language, build.guides)
        collector.keep()
        if len(build.portfolio.shown) > STEP:
            log.info(f"{len(build.portfolio.shown):,} projects are read and checked; pages are being made")
        region = build.portfolio.handbook.region
        own = [*of_region(config, region, build.home)]
        made = outputs.files(outputs.LINKED, build.portfolio, config.site_url or "")
        for path, content in [*made, *redirects(build.portfolio, config.use_directory_urls)]:
            files.append(File.generated(config, path, content=content))
        for file in own:
            files.append(file)
        build.guides.lay_over(files, own)
        for page in layout.pages(build.portfolio):
            self._add(page, files, config)
        lead_on(files, config, build.portfolio.handbook.moved)
        files.append(File.generated(config, "robots.txt", content=robots(config.site_url or "")))
        config.nav = layout.navigation(build.pages.values(), config.nav or [], region, {file.src_uri for file in own})
        speak_scripts(config, files, build.language)
        self.index, self._workers = prepare(config, files, build.portfolio.handbook)
        collector.keep()
        return files

    def _add(self, page: layout.Page, files: Files, config: MkDocsConfig) -> None:
        by_hand = files.get_file_from_path(page.path)
        self.build.pages[page.path] = replace(page, body=()) if by_hand else page
        if by_hand:
            return
        level = InclusionLevel.INCLUDED if page.section else InclusionLevel.NOT_IN_NAV
        file = File.generated(config, page.path, content="", inclusion=level)
        file.edit_uri = f"../{page.source}"
        files.append(file)
        if not page.section:
            GeneratedPage(page, self.build, file, config)

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Give the theme what generated pages need, and let it not look for changed templates on each page."""
        self.build.total = len(files.documentation_pages())
        env.auto_reload = False
        collector.keep()
        dress(env, files)
        theme_words(env, self.build.language)
        return env

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Place the pages of projects below *Projects*, though it would cost too much to list them there."""
        index = files.get_file_from_path("projects/index.md")
        above = index.page.parent if index and index.page else None
        for file in files.documentation_pages():
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
        if generated and generated.body and generated.section:
            page.meta.update(generated.meta)
            return layout.as_markdown(generated, place, self.build.language)
        own = (page.file.edit_uri or "").removeprefix("../")
        name = own if own.startswith("region/pages/") else f"docs/{page.file.src_uri}"
        if isinstance(page, GeneratedPage):
            return markdown
        try:
            return filled(name, page.file.content_string, markdown, place, self.build.is_file)
        except PageError as error:
            raise PluginError(str(error)) from None

    def on_pre_page(self, page: Page, *, config: MkDocsConfig, files: Files) -> Page:
        """Let the pencil open the file behind a page: a region's own in its own repository, a shared one upstream.

        What upstream ships is never edited in a fork, where the next upgrade would stop at it.
        """
        path = page.file.edit_uri or ""
        base = self.build.views.root.edit_uri if self.build.is_own(path.removeprefix("../")) else config.edit_uri
        page.edit_url = urljoin(base, path) if base else None
        return page

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Put in the HTML that search and readers need, now that Markdown is done."""
        build, path = self.build, page.file.src_uri
        build.trails[path] = trail(build.views.at(page.url), sections_above(page), page.title, path)
        html = build.deferred.fill(self.tongue.content(html, page), "held")
        if path.startswith("region/"):
            html = led_on(html, page.file, files, build.portfolio.handbook.moved)
        if not isinstance(page, GeneratedPage):
            say_of(page, html, build.views.root, config.site_description or "")
        glossary = files.get_file_from_path("glossary.md")
        if glossary is None or page.file is glossary or page.file.generated_by:
            return html
        if build.terms is None:
            terms = read_terms(glossary.content_string)
            build.terms = terms, pattern(terms)
        return explain(html, *build.terms, lambda anchor: f"{glossary.url_relative_to(page.file)}#{anchor}")

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Put in the policy, which lets in scripts of the theme only, the trail to the page, and the big tables.

        Last of all, the page is made fit for phones, and texts that run from right to left are marked.
        """
        build = self.build
        build.written += 1
        if build.written % STEP == 0:
            log.info(f"{build.written:,} of {build.total:,} pages are written")
        ruled = self._ruled(output, output.replace(page.content or "", ""), config)
        way, state = build.trails.pop(page.file.src_uri, ""), build.views.at(page.url).page(STATE)
        whole = self.tongue.finished(build.deferred.fill(ruled, "late"), page.url, way, state, config)
        return with_directions(for_narrow_screens(without_indents(whole)))

    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Put the policy into the page for a wrong address."""
        page = template_name.endswith(".html")
        return self._ruled(output_content, output_content, config) if page else output_content

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the calendars, which no page reads; name keywords that belong to no page."""
        for place in sorted(self.index.unused if self.index else ()):
            log.warning(f'keywords.yml has words for "{place}", which is neither a page nor an item')
        for path, content in outputs.files(outputs.LAST, self.build.portfolio, config.site_url or ""):
            write_file(content, str(Path(config.site_dir) / path))

    def _ruled(self, html: str, theme: str, config: MkDocsConfig) -> str:
        """Put the policy in; a page on disk has no site that it could belong to, and its search writes scripts."""
        html = html.replace(*self._workers)
        return html if opens_from_disk(config) else with_policy(html, ANY_SCRIPT if self.serving else hashes(theme))


def _refused(problems: Problems) -> PluginError:
    return PluginError(f"the handbook has problems.\n\n{problems}\n")
