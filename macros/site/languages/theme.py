"""The words of the theme and of scripts: those that mkdocs.yml, our templates for the theme and our scripts have."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from macros.language.head import direction_of
from macros.text.messages import N_, Language

LINK = N_("Permanent link")
"""What the link to a heading is called."""


def speak_theme(config: MkDocsConfig, language: Language) -> None:
    """Let the theme, the navigation and what the head says of the site be in a language; English stays as it is.

    Where the theme does not have the language its own few words stay English, and its pages say which language they
    are in.
    """
    if language.is_english:
        return
    say = language.gettext
    config.theme["language"] = language.code if _has(config, language.code) else "en"
    config.theme["direction"] = direction_of(language.code)
    config.site_description = say(config.site_description or "")
    config.copyright = str(escape(say(config.copyright or "")))
    config.site_name = str(escape(say(config.site_name)))
    config.nav = _named(config.nav, language)
    for palette in config.theme.get("palette", ()):
        if toggle := palette.get("toggle"):
            toggle["name"] = say(toggle["name"])
    config.mdx_configs.setdefault("toc", {})["permalink_title"] = say(LINK)


def _has(config: MkDocsConfig, code: str) -> bool:
    """Say whether the theme has the words of a language."""
    return any(Path(folder, "partials", "languages", f"{code}.html").is_file() for folder in config.theme.dirs)


def _named(nav: Any, language: Language) -> Any:
    """Translate the titles of a navigation."""
    if isinstance(nav, list):
        return [_named(entry, language) for entry in nav]
    if isinstance(nav, dict):
        return {language.pgettext("navigation", title): _named(entry, language) for title, entry in nav.items()}
    return nav


def theme_words(env: Environment, language: Language) -> None:
    """Let our templates for the theme be in a language. Its environment escapes nothing, so what is said is escaped."""

    def one(text: str) -> str:
        said = language.gettext(text)
        return said if said is text else str(escape(said))

    def many(text: str, others: str, number: int) -> str:
        return str(escape(language.ngettext(text, others, number)))

    env.add_extension("jinja2.ext.i18n")
    env.install_gettext_callables(one, many, newstyle=True)  # type: ignore[attr-defined]


def with_language(page: str, language: Language) -> str:
    """Say at the head of a page which language it is in, where the theme does not have that language."""
    return page if language.is_english else page.replace('<html lang="en"', f'<html lang="{language.code}"', 1)


MARKED = re.compile(r'\b_\(("(?:[^"\\]|\\.)*")\)')


def with_words(script: str, language: Language) -> str:
    """Put words into a script: each `_("…")` becomes a text in the language."""
    return MARKED.sub(lambda mark: json.dumps(language.gettext(json.loads(mark[1])), ensure_ascii=False), script)


def speak_scripts(config: MkDocsConfig, files: Files, language: Language) -> None:
    """Put words into the scripts that are on every page."""
    for script in config.extra_javascript:
        if ours := files.get_file_from_path(str(script)):
            ours.content_string = with_words(ours.content_string, language)
