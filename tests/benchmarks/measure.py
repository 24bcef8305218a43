"""Running commands and weighing what they write."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from datetime import UTC, date, datetime
from pathlib import Path

DAY = date(2026, 11, 22)  # of all that is built
ANSWERS = 120  # of each invented project
Figures = dict[str, float]  # wall and cpu in seconds, peak in MB

EPOCH = int(datetime(DAY.year, DAY.month, DAY.day, tzinfo=UTC).timestamp())
ENVIRONMENT = {**os.environ, "SOURCE_DATE_EPOCH": str(EPOCH), "NO_MKDOCS_2_WARNING": "1"}
ENVIRONMENT.pop("PYTHONDONTWRITEBYTECODE", None)  # whoever uses the handbook has its modules compiled
MEGA = 1024 if sys.platform != "darwin" else 1024**2  # of what the system counts memory in


def run(command: list[str], folder: Path, **environ: str) -> Figures:
    """Run a Python module as a command; the whole process counts, from its start to its end, with those it starts.

    Its memory is that of the largest of these processes at its largest moment.
    """
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", *command],
        cwd=folder,
        env={**ENVIRONMENT, **environ},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    assert process.stdout
    output = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{output.decode()}")
    return {
        "wall": time.perf_counter() - start,
        "cpu": used.ru_utime + used.ru_stime,
        "peak": used.ru_maxrss / MEGA,
    }


def built(folder: Path, *, strict: bool = False, **environ: str) -> Figures:
    """Build the site of a folder, where none is left of the last time: to remove it takes a while too."""
    shutil.rmtree(folder / "site", ignore_errors=True)
    return run(["mkdocs", "build", *["--strict"] * strict, "--site-dir", "site"], folder, **environ)


def pull_request(folder: Path, project: str) -> Figures:
    """Check, compare and preview a change of one project, as the workflow of a pull request does."""
    if not (folder / ".git").exists():
        (folder / ".gitignore").write_text("/site\n", "utf-8")
        who = ["-c", "user.name=bench", "-c", "user.email=bench@example.org"]
        for words in (["init", "--quiet"], ["add", "."], [*who, "commit", "--quiet", "--message", "All"]):
            subprocess.run(["git", *words], cwd=folder, check=True)
    file = folder / f"projects/{project}.yml"
    before = file.read_text("utf-8")
    file.write_text(before.replace("status: in-progress", "status: not-met", 1), "utf-8")
    try:
        done = [
            run(["macros", "check", f"projects/{project}.yml"], folder),
            run(["macros", "compare", "HEAD"], folder),
            built(folder, NAVIGATOR_PROJECTS=project),
        ]
    finally:
        file.write_text(before, "utf-8")
    return {kind: sum(each[kind] for each in done) for kind in ("wall", "cpu")}


def same_bytes(folder: Path) -> bool:
    """Say whether one, two and three processes and the loop of MkDocs itself give the same site."""
    found = []
    for number in ("1", "2", "3", "0"):
        built(folder, NAVIGATOR_PROCESSES=number)
        site = folder / "site"
        files = sorted(path for path in site.rglob("*") if path.is_file())
        found.append([(path.relative_to(site), hashlib.sha256(path.read_bytes()).digest()) for path in files])
    return all(each == found[0] for each in found)


def memory_of_rebuilds(folder: Path, number: int) -> list[float]:
    """Build a site so often in one process; give its memory in MB after each time."""
    script = Path(__file__).with_name("rebuilds.py")
    done = subprocess.run(
        [sys.executable, str(script), str(folder), str(number)], env=ENVIRONMENT, capture_output=True, check=True
    )
    return list(json.loads(done.stdout))


def steps(folder: Path) -> dict[str, Figures]:
    """Measure loading and looking in a process of their own."""
    script = Path(__file__).with_name("steps.py")
    done = subprocess.run([sys.executable, str(script), str(folder)], env=ENVIRONMENT, capture_output=True, check=True)
    return dict(json.loads(done.stdout))


def edit_under_serve(folder: Path, project: str) -> Figures:
    """Change a project while the site is served; measure until its page shows the change."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    url = f"http://{address}/projects/{project}/"
    file = folder / f"projects/{project}.yml"
    before = file.read_text("utf-8")
    server = subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "serve", "--livereload", "--dev-addr", address],
        cwd=folder,
        env=ENVIRONMENT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(server, url, "Made up")
        start = time.perf_counter()
        file.write_text(re.sub(r"summary: .*", "summary: Changed while it is served.", before), "utf-8")
        _wait(server, url, "Changed while it is served")
        return {"wall": time.perf_counter() - start}
    finally:
        server.terminate()
        server.wait(30)
        file.write_text(before, "utf-8")


def _wait(server: subprocess.Popen[bytes], url: str, words: str) -> None:
    for _ in range(12_000):
        if server.poll() is not None:
            raise SystemExit("the server has ended")
        try:
            if words in urllib.request.urlopen(url, timeout=600).read().decode():
                return
        except OSError:
            pass
        time.sleep(0.05)
    raise SystemExit(f"{url} never said: {words}")


def weigh(site: Path, project: str) -> dict[str, int]:
    """Weigh a site in bytes: all of it, its search index, and the page of one project."""
    files = [path for path in site.rglob("*") if path.is_file()]
    return {
        "files": len(files),
        "pages": sum(path.suffix == ".html" for path in files),
        "site": sum(path.stat().st_size for path in files),
        "form data and API": sum(
            path.stat().st_size for name in ("change", "api") for path in (site / name).rglob("*") if path.is_file()
        ),
        "search index": (site / "search/search_index.json").stat().st_size,
        "project page": (site / f"projects/{project}/index.html").stat().st_size,
    }
