"""A forge on 127.0.0.1: it answers what the workflows ask GitHub, GitLab and Forgejo, and keeps what was asked."""

from __future__ import annotations

import base64
import json
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from tests.support.git import git

TOKEN = "made-up-token"
NUMBER = "7"
BOTS = {"github": "github-actions[bot]", "forgejo": "forgejo-actions", "gitlab": "project_1_bot"}
STATUS = {"A": "added", "M": "modified", "D": "removed"}


@dataclass(frozen=True)
class Asked:
    """What somebody has asked the forge."""

    method: str
    path: str
    body: Any


@dataclass
class Forge:
    """One repository with one request, number 7, and its comments.

    Attributes:
        kind: Whose interface it has.
        repository: The bare Git repository.
        upstream: What GitHub says that it was forked from.
    """

    kind: str
    repository: Path
    upstream: str = ""
    address: str = ""
    comments: list[dict[str, Any]] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)

    def answer(self, method: str, path: str, body: Any) -> Any:
        """Give what it answers; None where it has nothing of that address."""
        routes: dict[str, Callable[[], Any]] = {
            r"GET /(api/v\d/)?user": lambda: {"username": BOTS["gitlab"]},
            r"GET .*/merge_requests\?.*state=opened.*": lambda: [{"iid": int(NUMBER)}],
            rf"GET .*/pulls/{NUMBER}/files\?.*page=1": self._files,
            r"GET .*/git/trees/.*": self._tree,
            r"GET .*/git/blobs/(\w+)": lambda: self._blob(path.rpartition("/")[2]),
            r"GET .*/pages": lambda: {"build_type": "workflow"},
            r"GET /repos/us/book": lambda: {"parent": {"clone_url": self.upstream}},
            rf"GET .*/{NUMBER}/(comments|notes)\?.*": lambda: self.comments,
            rf"POST .*/{NUMBER}/(comments|notes)": lambda: self._written(body),
            r"(PATCH|PUT) .*/(comments|notes)/(\d+)": lambda: self._renewed(int(path.rpartition("/")[2]), body),
        }
        return next((give() for form, give in routes.items() if re.fullmatch(form, f"{method} {path}")), None)

    def _git(self, *words: str) -> str:
        return git(self.repository, *words)

    def _files(self) -> list[dict[str, str]]:
        base = self._git("merge-base", "main", "theirs").strip()
        lines = self._git("diff", "--name-status", "--no-renames", base, "theirs").splitlines()
        return [{"filename": name, "status": STATUS[what]} for what, name in (line.split("\t") for line in lines)]

    def _tree(self) -> dict[str, Any]:
        found = []
        for line in self._git("ls-tree", "-r", "-l", "theirs").splitlines():
            about, _, path = line.partition("\t")
            mode, kind, sha, size = about.split()
            found.append({"path": path, "mode": mode, "type": kind, "sha": sha, "size": int(size)})
        return {"tree": found}

    def _blob(self, sha: str) -> dict[str, str]:
        command = ["git", "-C", str(self.repository), "cat-file", "blob", sha]
        raw = subprocess.run(command, capture_output=True, check=True).stdout
        return {"encoding": "base64", "content": base64.b64encode(raw).decode()}

    def _written(self, body: Any) -> dict[str, Any]:
        name, key = ("author", "username") if self.kind == "gitlab" else ("user", "login")
        who = {name: {key: BOTS[self.kind]}}
        self.comments.append({"id": len(self.comments) + 1, "body": body["body"], **who})
        return self.comments[-1]

    def _renewed(self, number: int, body: Any) -> dict[str, Any]:
        self.comments[number - 1]["body"] = body["body"]
        return self.comments[number - 1]


def _handler(forge: Forge) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def _do(self) -> None:
            raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            body = json.loads(raw) if raw else None
            forge.asked.append(Asked(self.command, self.path, body))
            given = self.headers.get("PRIVATE-TOKEN") or (self.headers.get("Authorization") or "").split(" ")[-1]
            found = forge.answer(self.command, self.path, body) if given == TOKEN else None
            status = 401 if given != TOKEN else 404 if found is None else 200
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(found).encode())

        do_GET = do_POST = do_PATCH = do_PUT = _do  # noqa: N815

        def log_message(self, *_: Any) -> None:
            """Print nothing."""

    return Handler


@contextmanager
def serving(forge: Forge) -> Iterator[Forge]:
    """Let a forge answer on a free port for a while."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(forge))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    forge.address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield forge
    finally:
        server.shutdown()
        server.server_close()


GH = f"""#!{sys.executable}
import json, os, sys, urllib.error, urllib.request
words = sys.argv[2:]
method = words[words.index("--method") + 1] if "--method" in words else "GET"
sent = sys.stdin.buffer.read() if "--input" in words else None
path = next(word for word in words if "/" in word)
headers = {{"Authorization": "token " + os.environ.get("GH_TOKEN", ""), "Content-Type": "application/json"}}
asked = urllib.request.Request(os.environ["MADE_UP_FORGE"] + "/" + path, sent, headers, method=method)
try:
    answer = json.load(urllib.request.urlopen(asked))
except urllib.error.HTTPError as error:
    sys.exit(f"gh: (HTTP {{error.code}})")
for word in words[words.index("--jq") + 1].split(" ")[0].split(".")[1:] if "--jq" in words else []:
    answer = answer[word]
print(answer if isinstance(answer, str) else json.dumps(answer))
"""
"""A stand-in for GitHub's command line: it knows the little that the workflows use of it."""
