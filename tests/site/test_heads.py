"""What the head of every page says, where former addresses lead, and how a reader reports a mistake."""

from __future__ import annotations

import logging
import re
import struct
from collections import Counter
from urllib.parse import parse_qs, urlsplit

import pytest
from mkdocs.structure.files import File, Files

from macros.site.heads import MOST, description
from macros.site.redirects import led_on, moved, tolerated
from tests.support.site import Page, Site, attributes, shown_projects
from tests.support.site import text as text_of

OF_PROJECTS = re.compile(r"(projects|meetings)/[a-z0-9-]+/")


def meta(page: Page) -> dict[str, str]:
    found = (attributes(element) for element in page.elements if element.name == "meta")
    return {each.get("name") or each.get("property", ""): each.get("content", "") for each in found}


def test_every_page_has_a_description_of_its_own(site: Site) -> None:
    said = Counter(meta(page)["description"] for url, page in site.pages.items() if url != "404.html")
    assert [text for text, times in said.items() if times > 1 or len(text) < 40] == []


def test_what_is_shared_is_the_title_and_description_of_the_page(site: Site) -> None:
    for url, page in site.pages.items():
        said = meta(page)
        assert said["og:description"] == said["description"], url
        title = next(text_of(element) for element in page.elements if element.name == "title")
        assert said["og:title"] == title.partition(" - ")[0].strip(), url
        assert said["og:image"].endswith("/assets/share.png"), url


def test_a_project_is_described_by_its_levels(site: Site) -> None:
    for name, project in shown_projects().items():
        said = meta(site.pages[f"projects/{name}/"])["description"]
        levels = [f"{track} level" in said for track in ("echnical", "linical", "ommercial")]
        assert all(levels) == (project.get("kind") != "retrospective"), name


def test_the_picture_to_share_is_small_and_as_large_as_the_pages_say(site: Site) -> None:
    picture = (site.folder / "assets/share.png").read_bytes()
    assert len(picture) < 60_000
    said = meta(site.pages[""])
    width, height = struct.unpack(">II", picture[16:24])
    assert (str(width), str(height)) == (said["og:image:width"], said["og:image:height"])


def test_robots_find_the_list_of_pages(site: Site) -> None:
    lines = (site.folder / "robots.txt").read_text("utf-8").splitlines()
    assert "Allow: /" in lines
    (address,) = (line.removeprefix("Sitemap: ") for line in lines if line.startswith("Sitemap: "))
    assert (site.folder / urlsplit(address).path.lstrip("/")).is_file()


def test_the_page_for_a_wrong_address_helps(site: Site) -> None:
    page = site.pages["404.html"]
    links = {attributes(link)["href"] for link in page.all("article a[href]")}
    assert {"/", "/guide-me/", "/projects/", "/areas/", "/glossary/"} <= links
    assert meta(page)["robots"] == "noindex"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("<h1>A title</h1><p>Too short.</p><p>Long <b>enough</b> to be what a page is about &amp; more words.</p>",
         "Long enough to be what a page is about & more words."),
        (f"<p>{'A sentence of eight words, all of them short. ' * 9}</p>",
         " ".join(["A sentence of eight words, all of them short."] * 4)),
        (f"<p>{'word ' * 99}</p>", " ".join(["word"] * 39) + "…"),
        ('<p class="nav-quiet">No specialist of the field has signed this area yet, and so on.</p>', ""),
        ("<ul><li>Nothing but a list of things that are written here.</li></ul>", ""),
    ],
    ids=["first paragraph", "whole sentences", "whole words", "an aside", "no paragraph"],
)  # fmt: skip
def test_a_page_is_described_by_its_first_paragraph(content: str, said: str) -> None:
    assert description(content) == said
    assert len(said) <= MOST


# --- former addresses ---


@pytest.mark.parametrize(
    ("old", "new", "directories", "path", "address"),
    [
        ("old.md", "new.md", True, "old/index.html", "../new/"),
        ("old.md", "routes/new.md", True, "old/index.html", "../routes/new/"),
        ("routes/old.md", "new.md", True, "routes/old/index.html", "../../new/"),
        ("old.md", "stages/index.md", True, "old/index.html", "../stages/"),
        ("old.md", "new.md", False, "old.html", "new.html"),
        ("routes/old.md", "new.md", False, "routes/old.html", "../new.html"),
    ],
)
def test_a_former_address_leads_to_the_present_page(
    old: str, new: str, directories: bool, path: str, address: str
) -> None:
    ((made, content),) = moved({old: new}, {new}, directories)
    assert made == path
    assert f'content="0; url={address}"' in content.decode()


@pytest.mark.parametrize("pages", [{"here.md": "there.md"}, {"gone.md": "nowhere.md"}])
def test_a_former_address_that_is_in_use_or_leads_nowhere_is_refused(pages: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"^checklists/moved.yml"):
        list(moved(pages, {"here.md", "there.md"}, True))


@pytest.mark.parametrize(
    ("link", "made"),
    [
        ("../old.md", ' href="../../new/"'),
        ("../old.md#here", ' href="../../new/#here"'),
        ("../gone.md", ""),
        ("../gone.md#here", ""),
        ("../new.md", ' href="../../new/"'),
        ("https://example.org/old.md", ' href="https://example.org/old.md"'),
        ("photo.jpg", ' href="photo.jpg"'),
    ],
)
def test_a_link_of_a_region_leads_to_the_present_page_or_is_text(link: str, made: str) -> None:
    pages = [
        File(path, src_dir=None, dest_dir="site", use_directory_urls=True) for path in ("new.md", "region/about.md")
    ]
    html = f'<p><a class="x" href="{link}">Read</a></p>'
    assert led_on(html, pages[1], Files(pages), {"old.md": "new.md"}) == f'<p><a class="x"{made}>Read</a></p>'


SAID = "Doc file '{}' contains a link '{}', but {}"


@pytest.mark.parametrize(
    ("page", "link", "why", "level"),
    [
        ("region/om.md", "../old.md", "the target 'old.md' is not found among documentation files.", "INFO"),
        ("region/om.md", "../levels.md#x", "the doc 'levels.md' does not contain an anchor '#x'.", "INFO"),
        ("region/om.md", "more.md", "the target 'region/more.md' is not found among documentation files.", "INFO"),
        ("region/om.md", "a.jpg", "the target 'region/a.jpg' is not found among documentation files.", "WARNING"),
        ("about.md", "old.md", "the target is not found among documentation files.", "WARNING"),
    ],
)
def test_a_dead_link_to_a_page_stops_no_build_of_a_region(page: str, link: str, why: str, level: str) -> None:
    record = logging.LogRecord("mkdocs.structure.pages", logging.WARNING, "", 1, SAID.format(page, link, why), (), None)
    assert tolerated(record)
    assert (record.levelname, logging.getLevelName(record.levelno)) == (level, level)


# --- something wrong here? ---


def test_every_page_of_guidance_says_where_a_mistake_is_reported_and_names_itself(site: Site) -> None:
    for url, page in site.pages.items():
        links = [attributes(link)["href"] for link in page.all("article > .nav-wrong a")]
        if url == "404.html" or OF_PROJECTS.fullmatch(url):
            assert links == [], url
            continue
        (link,) = links
        assert url in parse_qs(urlsplit(link).query)["body"][0], url


def test_every_item_says_where_a_mistake_is_reported(site: Site) -> None:
    page = site.pages["areas/supply/"]
    items = page.all(".nav-item")
    links = [attributes(link)["href"] for link in page.all(".nav-item > .nav-wrong a")]
    assert len(links) == len(items) > 5
    named = {urlsplit(parse_qs(urlsplit(link).query)["body"][0].split()[0]).fragment for link in links}
    assert named <= set(page.ids)
