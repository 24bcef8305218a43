"""The Navigator: checklists and status files in, pages out. The macros plugin of MkDocs runs this file."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def define_env(env: Any) -> None:
    """Load the handbook, or refuse politely, and register the macros. MkDocs calls this before each build."""
    from mkdocs.exceptions import PluginError

    from macros.site.build import get_ready, site
    from macros.text.report import Problems

    try:
        get_ready(Path(env.conf.config_file_path).parent, env.conf.edit_uri or "", env.conf.use_directory_urls)
    except Problems as problems:
        raise PluginError(f"the handbook has problems.\n\n{problems}\n") from None
    for name, macro in site.macros.items():
        env.macro(macro, name)
