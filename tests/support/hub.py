"""Three invented regions, with 300 projects in all: what their sites publish, and a server that can misbehave."""

from __future__ import annotations

import functools
import http.server
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from invented import invent

from macros.engine.portfolio import Portfolio
from macros.model.status_file import Project
from macros.outputs.api.projects import document
from tests.support.hostile import STRINGS
from tests.support.small import TODAY, real

PROJECTS, REGION = "api/v1/projects.json", "api/v1/region.json"
EACH = 100
EDITION, EARLIER = real().frame.edition, "v2026.1"
TITLES = {"north": "Region North", "south": "Region South", "west": "Region West"}
SITES = {name: f"https://navigator.{name}.example/" for name in TITLES}


@functools.cache
def _documents() -> dict[str, str]:
    """Publish the invented projects of all regions: region → the text of `projects.json`."""
    plain = invent(real(), EACH * len(TITLES))
    made = {}
    for place, name in enumerate(TITLES):
        theirs = plain[place * EACH : (place + 1) * EACH]
        projects = [Project.model_validate({**each, "id": f"p{number:03}"}) for number, each in enumerate(theirs)]
        book = replace(real(), projects={project.id: project for project in projects})
        made[name] = json.dumps(document(Portfolio(book, TODAY), SITES[name]).model_dump())
    return made


def projects(region: str, edition: str = EDITION) -> Any:
    """Give the summary that a region publishes, as plain values that a test may spoil."""
    found = json.loads(_documents()[region])
    found |= {"edition": edition, "region": TITLES[region]}
    for project in found["projects"]:
        project |= {"checklist": edition, "edition": edition, "region": TITLES[region]}
    return found


def levels_only(found: Any, number: int) -> Any:
    """Publish only the levels of the first projects, and one that nobody names."""
    some, rest = found["projects"][:number], found["projects"][number:]
    parts = ("id", "route", "title", "checklist", "assessed", "page")
    levels = [
        {
            **{name: project[name] for name in parts},
            "levels": {track: standing["level"] for track, standing in project["tracks"].items()},
        }
        for project in some
    ]
    return {**found, "projects": rest, "levels_only": levels, "not_shown": 3}


def region(name: str, differences: list[dict[str, Any]], edition: str = EDITION) -> dict[str, Any]:
    """Describe a region as its site does."""
    site = SITES[name]
    head = {"version": 1, "revision": "1.1", "uri": site + REGION, "site": site, "region": TITLES[name]}
    layer = {"name": "region", "title": TITLES[name], "prefix": name, "edition": edition, "licence": None}
    return {
        **head,
        "edition": edition,
        "day": str(TODAY),
        "licence": None,
        "layers": [layer],
        "hospitals": [],
        "facilities": [],
        "authorities": [],
        "thresholds": {"stale-days": 120},
        "differences": differences,
    }


def difference(name: str, change: str, **more: Any) -> dict[str, Any]:
    """Describe what a region has done with an item."""
    made = {"what": "item", "name": name, "title": name, "change": change, "layer": "region", "fields": []}
    return {**made, "gate": False, "because": "It is so here.", "releases": [], **more}


def hostile(found: Any) -> Any:
    """Write hostile texts wherever a summary has free text."""
    texts = list(STRINGS.values())
    for project, text in zip(found["projects"], texts, strict=False):
        project |= {"title": text, "lead": text, "modality": text, "route": text, "page": text, "uri": text}
        project["findings"] = [{"kind": text, "subject": text, "severity": "act", "acknowledged": False}]
        project["demand"] = {text: [text], "clean-room": [text, "2027 Q1"]}
        project["kind"] = "project"
    return {**found, "sites": texts, "site": texts[0], "region": texts[1], "left_out": texts}


Answer = bytes | Callable[[http.server.BaseHTTPRequestHandler], None]
"""What a server says to a question: the bytes of a document, or whatever it does."""


def text(value: Any) -> bytes:
    """Write values as a site publishes them."""
    return json.dumps(value, ensure_ascii=False).encode()


def redirected(asked: http.server.BaseHTTPRequestHandler) -> None:
    """Lead on to a document that could be read."""
    asked.send_response(302)
    asked.send_header("Location", f"http://{asked.headers['Host']}/good/{PROJECTS}")
    asked.end_headers()


def dripping(asked: http.server.BaseHTTPRequestHandler) -> None:
    """Send a byte now and then, for ever."""
    asked.send_response(200)
    asked.end_headers()
    _drip(asked, b" ")


def dripping_head(asked: http.server.BaseHTTPRequestHandler) -> None:
    """Never come to the end of the first line."""
    _drip(asked, b"H")


def _drip(asked: http.server.BaseHTTPRequestHandler, byte: bytes) -> None:
    last = time.monotonic() + 60
    while time.monotonic() < last:
        try:
            asked.wfile.write(byte)
            asked.wfile.flush()
        except OSError:
            return
        time.sleep(0.02)


def endless(asked: http.server.BaseHTTPRequestHandler) -> None:
    """Send as much as is taken."""
    asked.send_response(200)
    asked.end_headers()
    try:
        for _ in range(10_000):
            asked.wfile.write(b"x" * 65_536)
    except OSError:
        return


def cut_short(asked: http.server.BaseHTTPRequestHandler) -> None:
    """Promise more than is sent."""
    asked.send_response(200)
    asked.send_header("Content-Length", "1000")
    asked.end_headers()
    asked.wfile.write(b"{}")


def compressed(asked: http.server.BaseHTTPRequestHandler) -> None:
    """Send what nobody has asked for."""
    asked.send_response(200)
    asked.send_header("Content-Encoding", "gzip")
    asked.end_headers()
    asked.wfile.write(b"{}")


def failing(asked: http.server.BaseHTTPRequestHandler) -> None:
    """Say that something is wrong with the server."""
    asked.send_response(500)
    asked.end_headers()


@contextmanager
def served(answers: dict[str, Answer]) -> Iterator[str]:
    """Serve documents on this machine: path → what is said; gives the address.

    Whoever tests may change the answers meanwhile.
    """

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer = answers.get(self.path.removeprefix("/"))
            if callable(answer):
                answer(self)
                return
            self.send_response(404 if answer is None else 200)
            self.send_header("Content-Length", str(len(answer or b"")))
            self.end_headers()
            self.wfile.write(answer or b"")

        def log_message(self, *_arguments: object) -> None:
            pass

    class Server(http.server.ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False

    with Server(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
