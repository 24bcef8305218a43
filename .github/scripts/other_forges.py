"""Say under requests on GitLab and Forgejo what they mean. Only the standard library and Git are used.

Nothing of a request may run here, because the last step can write. So this is run from a copy of the default branch,
and a request's files are read from Git as bytes, by the rules of `fetch_changes.py`. Three steps:

    python other_forges.py list                                        # GitLab: the numbers of open merge requests
    python other_forges.py say FOLDER NUMBER REVISION -- COMMAND       # writes the comment of one; needs no token
    python other_forges.py send gitlab|forgejo FOLDER                  # writes or renews all comments in FOLDER

COMMAND compares the default branch with the folder that stands for `{}` in it. The first and the last step take TOKEN
and API from the environment, and PROJECT (GitLab) or REPOSITORY (Forgejo).
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from fetch_changes import ODD, copy, take
from sticky_comment import Thread, compose, send, thread

MOST_REQUESTS = 20
FORGEJO = ("forgejo-actions", "gitea-actions")
STATUS = {"A": "added", "D": "removed"}


# --- the request, read from Git ---


def git(*words: str) -> bytes:
    """Run Git in this repository, which must succeed."""
    return subprocess.run(["git", *words], stdout=subprocess.PIPE, check=True, timeout=120).stdout  # noqa: S603, S607


def changes(head: str) -> list[dict[str, str]]:
    """List the files that differ from where the request began."""
    base = git("merge-base", "HEAD", head).decode().strip()
    parts = git("diff", "--name-status", "--no-renames", "-z", base, head).decode("utf-8", "replace").split("\0")[:-1]
    pairs = zip(parts[::2], parts[1::2], strict=True)
    return [{"filename": name, "status": STATUS.get(what, "modified")} for what, name in pairs]


def tree(head: str) -> list[dict[str, Any]]:
    """List all files of a commit."""
    found = []
    for entry in git("ls-tree", "-r", "-l", "-z", head).decode("utf-8", "replace").split("\0")[:-1]:
        about, _, path = entry.partition("\t")
        mode, kind, sha, size = about.split()
        found.append({"path": path, "mode": mode, "type": kind, "sha": sha, "size": size if size.isdigit() else 0})
    return found


def content(sha: str, most: int) -> bytes:
    """Read a blob."""
    data = git("cat-file", "blob", sha)
    if len(data) > most:
        raise ValueError("a blob that is larger than Git said")
    return data


def say(folder: Path, number: str, revision: str, command: Sequence[str]) -> None:
    """Write the comment of one request to a file that has its number as its name."""
    if not re.fullmatch(r"[1-9][0-9]{0,9}", number):
        raise ValueError("not the number of a request")
    head = git("rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}").decode().strip()
    with tempfile.TemporaryDirectory() as place:
        target = Path(place)
        copy(Path.cwd(), target)
        done = take(changes(head), lambda: tree(head), content, target)
        meaning = compared([word.replace("{}", place) for word in command]) if done.laid else None
    folder.mkdir(exist_ok=True)
    text = compose(meaning, done.notes, done.seen, done.laid)
    (folder / f"{number}.json").write_text(json.dumps({"seen": done.seen, "text": text}), "utf-8")


def compared(command: Sequence[str]) -> str | None:
    """Run the comparison without a token; None where the two cannot be compared."""
    safe = {name: value for name, value in os.environ.items() if "TOKEN" not in name}
    done = subprocess.run(command, stdout=subprocess.PIPE, env=safe, check=False, timeout=600)  # noqa: S603
    return None if done.returncode else done.stdout.decode("utf-8", "replace")


# --- the forge ---


class _Stay(urllib.request.HTTPRedirectHandler):
    """Follows no redirect, because that would hand the token to another address."""

    def redirect_request(self, *_: Any) -> None:
        return None


def api(header: str, value: str) -> Callable[..., Any]:
    """Make what asks the API that the environment names."""
    opener = urllib.request.build_opener(_Stay)
    root = os.environ["API"]
    if not root.startswith(("https://", "http://")):
        raise ValueError("not the address of an API")

    def call(path: str, method: str = "GET", body: Mapping[str, Any] | None = None) -> Any:
        sent = None if body is None else json.dumps(body).encode()
        headers = {header: value, "Content-Type": "application/json", "Accept": "application/json"}
        asked = urllib.request.Request(f"{root}/{path}", sent, headers, method=method)  # noqa: S310
        with opener.open(asked, timeout=60) as answer:
            return json.load(answer)

    return call


def gitlab() -> tuple[Callable[..., Any], str]:
    """Give what asks GitLab, and the address of the project in it."""
    return api("PRIVATE-TOKEN", os.environ["TOKEN"]), f"projects/{int(os.environ['PROJECT'])}/merge_requests"


def requests() -> Iterator[int]:
    """List the merge requests that are open, those that changed last first, at most so many."""
    call, address = gitlab()
    query = f"state=opened&order_by=updated_at&per_page={MOST_REQUESTS}"
    for request in call(f"{address}?{query}"):
        yield int(request["iid"])


def threads(forge: str) -> tuple[Callable[..., Any], Callable[[int], Thread]]:
    """Give what asks a forge, and where the comments of a request are there."""
    if forge == "forgejo":
        repository = os.environ["REPOSITORY"]
        return api("Authorization", f"token {os.environ['TOKEN']}"), lambda it: thread(repository, str(it), FORGEJO)
    call, address = gitlab()
    me = str(call("user")["username"])
    return call, lambda it: Thread(f"{address}/{it}/notes", f"{address}/{it}/notes", (me,), "PUT")


def send_all(forge: str, folder: Path) -> None:
    """Write the comments that `say` has put together."""
    call, place = threads(forge)
    for file in sorted(folder.glob("*.json"), key=lambda file: int(file.stem)):
        said = json.loads(file.read_text("utf-8"))
        print(f"{file.stem}: {send(call, place(int(file.stem)), said['text'], said['seen'])}")


def main(what: str, *words: str) -> None:
    """Do one of the three steps."""
    if what == "list":
        print(*requests(), sep="\n")
    elif what == "say":
        say(Path(words[0]), words[1], words[2], words[4:])
    else:
        send_all(words[0], Path(words[1]))


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except ODD as error:
        refused = isinstance(error, urllib.error.HTTPError) and error.code in (401, 403)
        why = "the forge refuses the token, which may have expired or have too few rights"
        sys.exit(
            f"No comment is written: {why if refused else f'{type(error).__name__} in the answer of Git or the forge'}."
        )
