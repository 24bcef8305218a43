"""Pages of projects are written by a writer of ours; `test_same_bytes.py` compares them with those of MkDocs."""

from __future__ import annotations

from tests.support.site import Site


def test_search_finds_guidance_and_one_summary_of_each_project(site: Site) -> None:
    index = (site.folder / "search/search_index.json").read_text("utf-8")
    projects = [url for url in site.pages if url.startswith("projects/") and url != "projects/"]
    assert [url for url in projects if index.count(f'"location":"{url}') != 1] == []
    assert "meetings/" not in index


def test_the_map_of_the_site_names_every_page_once(site: Site) -> None:
    listed = (site.folder / "sitemap.xml").read_text("utf-8")
    moved = {url for url, page in site.pages.items() if 'http-equiv="refresh"' in page.html}
    pages = site.pages.keys() - moved - {"404.html"}
    assert [url for url in pages if listed.count(f"<loc>https://navigator.example.org/{url}</loc>") != 1] == []
