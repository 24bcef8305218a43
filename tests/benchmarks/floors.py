"""What plain MkDocs with Material needs: for as many empty pages, and for the same content inside Markdown.

Both keep the navigation of the handbook, with projects outside it: listed there, they would make it quadratic.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import yaml


def content_floor(handbook: Path, folder: Path) -> Path:
    """Write the site's content as plain Markdown pages, with all tables in them, for MkDocs and Material alone."""
    subprocess.run(
        [sys.executable, "-m", "macros", "export", str(folder)], cwd=handbook, check=True, capture_output=True
    )
    settings = yaml.safe_load((folder / "mkdocs.yml").read_text("utf-8"))
    _write(folder, settings)
    return folder


def empty_floor(content: Path, folder: Path) -> Path:
    """Write as many pages as the site has, each with a heading and a sentence, under the same names."""
    for page in (content / "docs").rglob("*.md"):
        empty = folder / "docs" / page.relative_to(content / "docs")
        empty.parent.mkdir(parents=True, exist_ok=True)
        empty.write_text(f"# {page.stem}\n\nNothing stands here.\n", "utf-8")
    settings = yaml.safe_load((content / "mkdocs.yml").read_text("utf-8"))
    for name in ("extra_css", "extra_javascript"):
        settings.pop(name, None)
    _write(folder, settings)
    return folder


def _write(folder: Path, settings: dict[str, object]) -> None:
    settings["not_in_nav"] = "/projects/*\n/meetings/*\n"
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(settings, sort_keys=False), "utf-8")
