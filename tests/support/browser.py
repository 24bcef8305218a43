"""The built site as a web server gives it out, and a browser to look at it with."""

from __future__ import annotations

import functools
import http.server
import json
import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from playwright._impl._driver import compute_driver_executable
from playwright.sync_api import Browser, BrowserContext, Page, Response, sync_playwright

from tests.support.find_browser import Machine, NoBrowserError, get
from tests.support.paths import ROOT
from tests.support.site import Site

HEADERS = dict(re.findall(r'add_header (\S+) "([^"]*)" always;', (ROOT / "docs/publishing.md").read_text("utf-8")))
"""What docs/publishing.md tells a server to send: the tests keep to it."""

WATCH = """addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`))"""
"""Nothing is let through to another host: names lead nowhere but here."""
PATIENCE = 240
"""Seconds after which a page has surely done what it will do, on however busy a machine."""
WHOLE = """() => document.readyState === "complete"
  && [...document.querySelectorAll("link[rel=stylesheet]")].every((link) => link.sheet)"""
SETTLED = """async (width) => {
  await document.fonts.ready;
  for (let before, same = 0; same < 2; ) {
    await new Promise(requestAnimationFrame);
    for (const moving of document.getAnimations()) moving.finish();
    const { scrollWidth, scrollHeight } = document.documentElement;
    const now = [innerWidth, scrollWidth, scrollHeight].join();
    same = now === before && (!width || innerWidth === width) ? same + 1 : 0;
    before = now;
  }
}"""
"""Wait for a width of the window, for what moves or fades to arrive, and for two frames in which nothing grows."""

ARGUMENTS = ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--disable-gpu"]


@contextmanager
def served(folder: Path, instead: Mapping[str, bytes] = MappingProxyType({})) -> Iterator[str]:
    """Serve a folder as a static host would, and give its address.

    Args:
        folder: The built site.
        instead: Files that are given out with another content.
    """

    class Handler(http.server.SimpleHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def __init__(self, *arguments: Any) -> None:
            super().__init__(*arguments, directory=str(folder))

        def end_headers(self) -> None:
            for name, value in HEADERS.items():
                self.send_header(name, value)
            super().end_headers()

        def do_GET(self) -> None:
            content = instead.get(self.path.removeprefix("/"))
            if content is None:
                super().do_GET()
                return
            self.send_response(200)
            self.send_header("Content-Type", self.guess_type(self.path))
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_arguments: object) -> None:
            pass

    class Server(http.server.ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 128  # a browser asks for more at once than the five that wait by default

    with Server(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@functools.cache
def looked_for() -> tuple[str, str]:
    """Find a browser or get one, once for all tests: its path, or what to install."""

    def downloaded() -> str:
        with sync_playwright() as playwright:
            return playwright.chromium.executable_path

    try:
        return get(Machine(driver=compute_driver_executable()[0], downloaded=downloaded)), ""
    except NoBrowserError as error:
        return "", str(error)


def browser_path() -> str:
    """Give the path of the browser; where there is none and none can be had, the test fails with what to install."""
    path, missing = looked_for()
    if missing:
        pytest.fail(missing, pytrace=False)
    return path


@contextmanager
def started() -> Iterator[Browser]:
    """Start a browser."""
    path = browser_path()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def address(site: Site) -> Iterator[str]:
    """Where the real site is served."""
    with served(site.folder) as found:
        yield found


@pytest.fixture(scope="session")
def quick(site: Site) -> Iterator[str]:
    """Where the real site is served without the index of its search, which takes as long to read as a page to show."""
    index = {"config": {"lang": ["en"], "separator": r"\s", "pipeline": [], "fields": {}}, "docs": []}
    with served(site.folder, {"search/search_index.json": json.dumps(index).encode()}) as found:
        yield found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests."""
    with started() as found:
        yield found


@contextmanager
def opened(browser: Browser, **options: Any) -> Iterator[tuple[Page, list[str]]]:
    """Open an empty page in a context of its own; give it with a list that takes up what goes wrong there.

    What goes wrong is an error in the console, one that nobody caught, and a request to another host.
    """
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
    context.set_default_timeout(PATIENCE * 1000)
    said = watch(context)
    context.add_init_script(WATCH)
    yield context.new_page(), said
    context.close()


def visit(page: Page, url: str) -> Response | None:
    """Go to a page and wait until all of it is there and stands still; gives the answer of the server."""
    answer = page.goto(url)
    wait_until(page, lambda: page.evaluate(WHOLE))
    if not page.evaluate("() => matchMedia('(scripting: none)').matches"):
        settle(page)
    return answer


def settle(page: Page, width: int = 0) -> None:
    """Wait until nothing moves any more and, where one is given, until the window has a width."""
    page.evaluate(SETTLED, width)


def wait_until(page: Page, holds: Callable[[], bool]) -> None:
    """Wait for what a page will do in a moment; a page that never does it fails the test."""
    last = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < last, "what is waited for does not come"
        page.wait_for_timeout(20)


def watch(context: BrowserContext) -> list[str]:
    """Take up what goes wrong on any page of a context."""
    said: list[str] = []
    context.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    context.on("weberror", lambda error: said.append(str(error.error)))
    context.on("request", lambda request: said.append(f"foreign: {request.url}") if foreign(request.url) else None)
    return said


def foreign(url: str) -> bool:
    return not re.match(r"http://127\.0\.0\.1:|file:|data:|blob:", url)
