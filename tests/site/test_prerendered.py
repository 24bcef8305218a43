"""Pages that are made without Markdown and dressed once for all are those that the theme would write one by one."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.support.paths import ROOT
from tests.support.site import Build, Site


def test_a_page_is_the_same_when_the_theme_writes_it_alone(site: Site, build: Build, tmp_path: Path) -> None:
    """Without the template for made pages, each is written by the theme's ordinary one."""
    for name in ("checklists", "docs", "macros", "projects", "region", "regions"):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    (tmp_path / "macros/site/theme/made.html").unlink()
    other = build(tmp_path, tmp_path / "site")
    assert other.status == 0, other.output
    assert other.files == site.files
    made = [url for url in site.pages if url.startswith(("projects/", "meetings/"))]
    assert len(made) > 10
    # The theme breaks lines where a template is included.
    assert [u for u in made if site.pages[u].html.split() != other.pages[u].html.split()] == []


def test_search_finds_guidance_and_one_summary_of_each_project(site: Site) -> None:
    index = (site.folder / "search/search_index.json").read_text("utf-8")
    projects = [url for url in site.pages if url.startswith("projects/") and url != "projects/"]
    assert [url for url in projects if index.count(f'"location":"{url}') != 1] == []
    assert "meetings/" not in index
