"""Which languages a site has, and a build of the site for each: the first at its root, then the others."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig

from macros.load.catalogues import offered
from macros.model.region import RegionFile
from macros.site.environment import language_of_environment


@dataclass(frozen=True)
class Languages:
    """The languages of a site, and the one that is being built.

    Attributes:
        codes: All of them, that of the root first.
        code: The one that is being built.
    """

    codes: tuple[str, ...] = ("en",)
    code: str = "en"

    @property
    def path(self) -> str:
        """The folder of the pages that are being built, seen from the root of the site; empty for the root."""
        return self.path_of(self.code)

    @property
    def is_first(self) -> bool:
        """Whether the pages at the root are being built."""
        return self.code == self.codes[0]

    def path_of(self, code: str) -> str:
        """Give the folder of the pages in a language, seen from the root of the site."""
        return "" if code == self.codes[0] else f"{code}/"


ALONE = Languages()
"""English and no other."""


def languages_of(region: RegionFile | None, root: Path) -> Languages:
    """Say which languages a region's site has; one alone where the environment asks for it.

    Raises:
        ValueError: a plain sentence, when it asks for one that is not known.
    """
    one = language_of_environment(offered(root))
    codes = (one,) if one else tuple(dict.fromkeys(region.languages)) if region else ("en",)
    return Languages(codes, codes[0])


def build_further(config: MkDocsConfig, languages: Languages, make: Any) -> None:
    """Build the pages of each further language into their folder, as MkDocs would on its own.

    Args:
        config: That of the build of the first language, which is written already.
        languages: Those of the site.
        make: From the languages, with the one to be built, to the plugin of that build.
    """
    for code in languages.codes[1:]:
        folder = Path(config.site_dir) / code
        other = load_config(config.config_file_path, site_dir=str(folder), strict=config.strict, hooks=[])
        navigator = make(Languages(languages.codes, code))
        other.site_url = config.site_url
        other.plugins["navigator"] = navigator
        navigator.configure(other)
        other.plugins.on_startup(command="build", dirty=False)
        build(other)
        other.plugins.on_shutdown()
