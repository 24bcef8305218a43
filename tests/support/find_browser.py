"""Finds a Chromium, Chrome or Edge on the machine, else gets one; no browser test is ever skipped.

The order: what `NAVIGATOR_BROWSER` names, what `PATH` holds, where macOS and Windows keep programs, what Playwright
has downloaded before. Where none answers, Debian's package is installed (as root), else Playwright's own download.
Playwright's driver wants a library that a bare Debian lacks; it is installed in the same way.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

NAMES = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"),
    *("microsoft-edge", "microsoft-edge-stable", "msedge"),
)
MACOS = ("Chromium", "Google Chrome", "Microsoft Edge")
WINDOWS = (
    *(r"Chromium\Application\chrome.exe", r"Google\Chrome\Application\chrome.exe"),
    r"Microsoft\Edge\Application\msedge.exe",
)
MISSING = (
    "The browser tests need Chromium, Chrome or Edge, and this machine has none that starts. Install one (on Debian "
    "`apt-get install chromium`, elsewhere `.venv/bin/python -m playwright install chromium`), or set "
    "NAVIGATOR_BROWSER to its path, and run `make test` again."
)


NO_DRIVER = (
    "The browser tests need Playwright, whose driver does not start here: {problem}. On Debian `apt-get install "
    "libatomic1` helps; then run `make test` again."
)


class NoBrowserError(Exception):
    """There is no browser and none can be had; the text says what to install, and what was tried."""


def run(command: list[str]) -> str:
    """Run a command; give "" when it went well, else the last line it printed."""
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=600
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    last = (done.stdout.strip() or f"exit code {done.returncode}").splitlines()[-1]
    return last if done.returncode else ""


@dataclass(frozen=True)
class Machine:
    """What the finder asks of a machine, so that tests can make one up.

    Attributes:
        environ: The environment; `PATH` is searched.
        platform: As `sys.platform` has it.
        root: Whether packages may be installed.
        driver: The program behind Playwright.
        downloaded: Where Playwright keeps the browser it downloads; asked once the driver starts.
        run: Runs a command and tells what went wrong; "" for nothing.
    """

    environ: Mapping[str, str] = field(default_factory=lambda: os.environ)
    platform: str = sys.platform
    root: bool = hasattr(os, "geteuid") and os.geteuid() == 0
    driver: str = ""
    downloaded: Callable[[], str] = lambda: ""
    run: Callable[[list[str]], str] = run

    def which(self, name: str) -> str | None:
        return shutil.which(name, path=self.environ.get("PATH", ""))

    @property
    def debian(self) -> bool:
        """Whether Debian's packages can be installed."""
        return self.root and self.which("apt-get") is not None

    def starts(self, path: str) -> bool:
        """Tell a browser from a stub that only says how to install one; on Windows the question would open a window."""
        return Path(path).is_file() and (self.platform == "win32" or not self.run([path, "--version"]))


def places(machine: Machine) -> Iterator[str]:
    """Name the files that may be a browser, best first."""
    yield from (path for name in NAMES if (path := machine.which(name)))
    if machine.platform == "darwin":
        for folder in ("/Applications", f"{machine.environ.get('HOME', '')}/Applications"):
            yield from (f"{folder}/{name}.app/Contents/MacOS/{name}" for name in MACOS)
    if machine.platform == "win32":
        for variable in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
            if folder := machine.environ.get(variable, ""):
                yield from (f"{folder}\\{name}" for name in WINDOWS)
    yield machine.downloaded()


def find(machine: Machine) -> str | None:
    """Give the path of the first browser that starts; one that is asked for by name must be that one."""
    if wanted := machine.environ.get("NAVIGATOR_BROWSER", ""):
        path = machine.which(wanted) or wanted
        if not machine.starts(path):
            raise NoBrowserError(f"NAVIGATOR_BROWSER is {wanted!r}, and no browser starts from there.")
        return path
    return next((path for path in places(machine) if path and machine.starts(path)), None)


UPDATE = ["apt-get", "update", "-qq"]
INSTALL = ["apt-get", "install", "-y", "-qq", "--no-install-recommends"]


def ways(machine: Machine) -> Iterator[list[str]]:
    """Name the commands that may bring a browser, in the order in which they are tried."""
    if machine.debian:
        yield UPDATE
        yield [*INSTALL, "chromium"]
    libraries = ["--with-deps"] if machine.debian else []
    yield [sys.executable, "-m", "playwright", "install", *libraries, "chromium"]


def start_driver(machine: Machine) -> None:
    """Make sure that Playwright's driver starts."""
    problem = machine.run([machine.driver, "--version"])
    if problem and machine.debian:
        for command in (UPDATE, [*INSTALL, "libatomic1"]):
            machine.run(command)
        problem = machine.run([machine.driver, "--version"])
    if problem:
        raise NoBrowserError(NO_DRIVER.format(problem=problem))


def get(machine: Machine) -> str:
    """Give the path of a browser, installing one where there is none."""
    start_driver(machine)
    if path := find(machine):
        return path
    tried = []
    for command in ways(machine):
        problem = machine.run(command)
        if path := find(machine):
            return path
        tried.append(f"  {' '.join(command)}: {problem or 'done, and still no browser'}")
    raise NoBrowserError("\n".join([MISSING, "Tried:", *tried]))
