"""The handbook as plain pages, for any renderer: `python -m macros export FOLDER`.

Everything is computed here; what is written holds no macro and needs no code of ours. HTML made from data stands in
the pages as blocks, or with its text in entities, so that Markdown leaves it alone.
"""

import json
import re
from collections.abc import Iterator
from functools import partial
from html import unescape
from itertools import chain
from pathlib import Path
from typing import Any

import yaml

from macros.edit.write import write_whole
from macros.model.region import RegionFile
from macros.outputs import LINKED, files, of_projects
from macros.site.branding import STYLESHEET, region_files
from macros.site.build import Build, begin
from macros.site.languages.theme import with_words
from macros.site.layout import Page, as_markdown, navigation, pages
from macros.site.text_pages import filled
from macros.views.context import as_entities

FRONT = re.compile(r"\A---\n(.*?)^---\n", re.DOTALL | re.MULTILINE)
OURS = re.compile(r"^(?:template|macros): .*\n", re.MULTILINE)
"""Lines of front matter that another renderer has no use for."""

MARK = re.compile(r'<!--(?:held|late):\d+-->|(<i data-held="\d+"></i>)')
BLOCK = re.compile(
    r" ?(<(?:article|aside|blockquote|caption|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|header"
    r"|li|main|nav|ol|output|option|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul)\b)"
)
OF_MKDOCS = ("exclude_docs", "hooks", "watch", "plugins", "validation", "edit_uri")
"""Settings that only MkDocs understands, or that would lead astray: nobody edits an exported page."""


def export(root: Path, folder: Path) -> int:
    """Write the whole handbook to an empty folder; returns the number of pages.

    Args:
        root: The repository.
        folder: Gets `mkdocs.yml`, and `docs/` with a page for everything.

    Raises:
        Problems: the handbook has problems.
    """
    config = _read_config(root / "mkdocs.yml")
    build = begin(root, config.get("edit_uri", ""), config.get("site_url", ""))
    region = build.portfolio.handbook.region
    own, sources = {}, {}
    for path, source, content in region_files(region, build.home):
        own[path], sources[path] = content, source
    left_out = str(config.get("exclude_docs", "")).split()
    by_hand = {path: (root / "docs" / path).read_bytes() for path in _walk(root / "docs", left_out)} | own
    build.pages = {page.path: page for page in pages(build.portfolio)}
    by_hand |= {
        path: with_words(by_hand[path].decode(), build.language).encode() for path in config["extra_javascript"]
    }
    others = ((path, content) for path, content in by_hand.items() if not path.endswith(".md"))
    address = region.site.address if region else config.get("site_url", "")
    written = ((path, text.encode()) for path, text in _pages(build, by_hand, sources))
    linked, last = files(LINKED, build.portfolio, address), of_projects(build.portfolio, address)
    number = 0
    for path, content in chain(others, linked, written, last):
        write_whole(folder / "docs" / path, content, synced=False)
        number += path.endswith(".md")
    settings = _settings(config, region)
    settings["nav"] = navigation(build.pages.values(), config["nav"], region, own)
    write_whole(folder / "mkdocs.yml", yaml.safe_dump(settings, sort_keys=False, allow_unicode=True).encode())
    return number


def _walk(folder: Path, left_out: list[str]) -> list[str]:
    """List the files of docs/, without hidden ones and without those that `exclude_docs` names, by file or folder."""
    found = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    hidden = re.compile(r"(^|/)\.")
    return [path for path in found if not hidden.search(path) and not any(_within(path, name) for name in left_out)]


def _within(path: str, name: str) -> bool:
    return path == name or path.startswith(f"{name.strip('/')}/")


def _pages(build: Build, by_hand: dict[str, bytes], sources: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Write every page as Markdown: path, text.

    Args:
        build: What is shown.
        by_hand: Path under docs/ → content, of pages and other files that somebody has written.
        sources: Path under docs/ → file, of those of a region.

    Raises:
        PageError: a macro cannot be called.
    """
    for path in sorted({*build.pages, *(path for path in by_hand if path.endswith(".md"))}):
        page = build.pages.get(path)
        place = partial(build.place, at=build.views.root.address(path, ""))
        if path in by_hand:
            whole = by_hand[path].decode()
            front, body = _parts(whole)
            front = OURS.sub("", front)
            text = filled(sources.get(path, f"docs/{path}"), whole, body, place, build.is_file)
        else:
            assert page  # noqa: S101
            front, text = _front(page), as_markdown(page, place)
        if page and not re.search(r"^title:", front, re.MULTILINE):
            front += f"title: {json.dumps(' '.join(page.title.split()), ensure_ascii=False)}\n"
        text = MARK.sub(lambda mark: (_inline if mark[1] else _block)(build.deferred.take(mark[0])), text)
        yield path, f"---\n{front}---\n\n{text}\n" if front else text


def _parts(text: str) -> tuple[str, str]:
    """Take the front matter off a page."""
    found = FRONT.match(text)
    return (found[1], text[found.end() :]) if found else ("", text)


def _front(page: Page) -> str:
    return "".join(f"{name}: {json.dumps(value)}\n" for name, value in page.meta.items())


def _block(html: str) -> str:
    """Write HTML as a block that Markdown does not look into.

    Every line begins with the tag of a block, never with text; inside a block that is Markdown, Python-Markdown
    sees tags only there.
    """
    kept = re.sub(r"<pre.*?</pre>", lambda pre: pre[0].replace("\n", "&#10;"), html.strip(), flags=re.DOTALL)
    return "<div>" + BLOCK.sub(r"\n\1", " ".join(kept.split())) + "</div>"


def _inline(html: str) -> str:
    """Write HTML for the middle of a sentence: its text in entities, which Markdown leaves alone."""
    return "".join(
        part if part.startswith("<") else _spaced(unescape(part)) for part in re.split(r"(<[^>]*>)", html.strip())
    )


def _spaced(text: str) -> str:
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{before and ' '}{as_entities(text)}{after and ' ' * bool(text.strip())}"


def _settings(config: dict[str, Any], region: RegionFile | None) -> dict[str, Any]:
    """Give the settings without what only MkDocs knows, and with the name, address and look of a region."""
    settings = {name: value for name, value in config.items() if name not in OF_MKDOCS}
    settings["theme"] = {name: value for name, value in config["theme"].items() if name != "custom_dir"}
    settings["plugins"] = ["search"]
    if region:
        settings |= {"site_name": region.site.name, "site_url": region.site.address}
        settings["extra_css"] = [*config["extra_css"], *([STYLESHEET] if region.colour else [])]
        if region.logo:
            settings["theme"]["logo"] = f"region/assets/{region.logo}"
    return settings


def _read_config(path: Path) -> dict[str, Any]:
    """Read mkdocs.yml; a value from the environment is its default."""

    class Loader(yaml.SafeLoader):
        pass

    Loader.add_constructor("!ENV", lambda loader, node: loader.construct_sequence(node)[-1])  # type: ignore[arg-type]
    return dict(Loader(path.read_text("utf-8")).get_single_data())
