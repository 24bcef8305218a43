"""The content security policy: what it lets through, what it stops, and what `serve` and previews do with it."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Route

from macros.site.heads import hashes, with_policy
from tests.support.browser import opened, visit, wait_until
from tests.support.kinds_of_page import project
from tests.support.paths import ROOT
from tests.support.site import LONG, Site, attributes

PROJECT = f"projects/{project()}/"
META = 'meta[http-equiv="Content-Security-Policy"]'


def rules(html: str) -> dict[str, list[str]]:
    (text,) = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', html)
    return {name: sources for name, *sources in (rule.split() for rule in text.split(";"))}


def test_every_page_has_one_policy_before_anything_that_it_rules(site: Site) -> None:
    for url, page in site.pages.items():
        assert len(page.all(META)) == 1, url
        head = page.html.partition("http-equiv")[0]
        assert not re.search(r"<(link|script|style|img)\b", head), url


def test_nothing_is_let_in_but_files_of_the_site_and_the_scripts_of_the_theme(site: Site) -> None:
    for url, page in site.pages.items():
        found = rules(page.html)
        scripts = found.pop("script-src")
        assert scripts[0] == "'self'"
        assert all(re.fullmatch(r"'sha256-[A-Za-z0-9+/]{43}='", source) for source in scripts[1:]), url
        assert len(scripts) == 4, url
        assert found == {
            "default-src": ["'none'"],
            **{f"{kind}-src": ["'self'"] for kind in ("style", "font", "connect", "worker", "manifest")},
            "img-src": ["'self'", "data:"],
            "base-uri": ["'none'"],
            "form-action": ["'self'"],
        }, url


def test_no_element_has_a_style_of_its_own_which_the_policy_would_drop(site: Site) -> None:
    found = [(url, e.name) for url, page in site.pages.items() for e in page.elements if "style" in attributes(e)]
    assert found == []


@pytest.mark.parametrize(
    ("html", "known"),
    [
        ("<script>one()</script>", ["'sha256-HR7iaask9daLMRRskMI++QeJtjWDOjyPA6lGzYGzKW4='"]),
        ('<script src="one.js"></script>', []),
        ('<script type="application/json">{}</script>', []),
        ("<p>no script</p>", []),
    ],
)
def test_scripts_are_known_by_what_they_say(html: str, known: list[str]) -> None:
    assert hashes(html).split() == known


def test_the_policy_comes_after_the_encoding_and_before_the_rest() -> None:
    html = with_policy('<head><meta charset="utf-8"><title>x</title></head>', "'unsafe-inline'")
    assert re.search(r"^<head><meta charset=\"utf-8\">\n<meta http-equiv=\S+ content=\"[^\"]*\"><title>", html)
    assert rules(html)["script-src"] == ["'self'", "'unsafe-inline'"]


INJECTED = """<script>window.broken = "a script"</script>
<img src="no-such-picture" onerror="window.broken = 'a handler'"><a href="javascript:window.broken = 'a link'">x</a>
<script src="https://elsewhere.example/x.js"></script><img src="https://elsewhere.example/x.png">
<iframe src="https://elsewhere.example/"></iframe><base href="https://elsewhere.example/">
<style>h1 { color: rgb(1, 2, 3) }</style><p id="styled" style="color: rgb(1, 2, 3)">x</p>"""
"""What an attacker, or a careless editor, might get into the content of a page."""


def test_what_is_injected_into_a_page_neither_runs_nor_loads(browser: Browser, address: str) -> None:
    asked: dict[str, str] = {}

    def spoil(route: Route) -> None:
        answer = route.fetch()
        spoilt = re.sub(r"(<article\b[^>]*>)", lambda found: found[1] + INJECTED, answer.text(), count=1)
        assert spoilt != answer.text()
        route.fulfill(response=answer, body=spoilt)

    with opened(browser) as (page, said):
        page.route(f"**/{PROJECT}", spoil)
        page.on("requestfailed", lambda request: asked.update({request.url: request.failure or ""}))
        visit(page, address + PROJECT)
        page.get_by_role("link", name="x", exact=True).first.click()
        assert page.evaluate("window.broken") is None
        for element in ("h1", "#styled"):
            assert (
                page.evaluate("name => getComputedStyle(document.querySelector(name)).color", element) != "rgb(1, 2, 3)"
            )
        assert page.evaluate("document.baseURI") == address + PROJECT
        wanted = {"script-src-elem", "script-src-attr", "img-src", "frame-src", "base-uri"}
        wanted |= {"style-src-elem", "style-src-attr"}
        wait_until(page, lambda: wanted <= {line.split()[1] for line in said if line.startswith("policy:")})
        wait_until(page, lambda: {f"https://elsewhere.example/x.{kind}" for kind in ("js", "png")} <= asked.keys())
        assert set(asked.values()) == {"csp"}


def test_the_site_works_under_the_policy(browser: Browser, address: str) -> None:
    """Scheme switch, folds, search and its worker, copy buttons, back to top: whatever the theme's scripts do."""
    with opened(browser) as (page, said):
        visit(page, address + "start/")
        page.locator("label[for=__palette_1]").click()
        assert page.evaluate("document.body.getAttribute('data-md-color-scheme')") == "slate"
        page.reload()
        assert page.evaluate("document.body.getAttribute('data-md-color-scheme')") == "slate"
        page.click(".md-search__input")
        page.keyboard.type("potency")
        page.locator("li.md-search-result__item > a").first.click()
        page.locator("article mark").first.wait_for()
        page.mouse.wheel(0, 4000)
        page.mouse.wheel(0, -500)
        assert said == []


# --- served live ---


@pytest.fixture(scope="module")
def live() -> Iterator[str]:
    """Where `mkdocs serve` shows the site."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "mkdocs", "serve", "--livereload", "--dev-addr", f"127.0.0.1:{port}"]
    environ = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    found = f"http://127.0.0.1:{port}/"
    server = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(found, server)
        yield found
    finally:
        server.terminate()
        server.wait(LONG)


def wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    """Wait until a server answers."""
    last = time.monotonic() + LONG
    while time.monotonic() < last:
        try:
            urllib.request.urlopen(address, timeout=LONG).close()
        except urllib.error.URLError:
            assert server.poll() is None, "the server has stopped"
            time.sleep(0.1)
        else:
            return
    pytest.fail("the server does not answer")


def test_serving_live_lets_its_reloading_script_run_and_keeps_the_other_rules(browser: Browser, live: str) -> None:
    with opened(browser) as (page, said):
        with page.expect_request(lambda request: "/livereload/" in request.url):
            visit(page, live + PROJECT)
        found = rules(page.content())
        assert found["script-src"] == ["'self'", "'unsafe-inline'"]
        assert found["default-src"] == ["'none'"]
        assert said == []
