"""The MkDocs hook: gets the package ready for a build, and hands all events of that build to `plugin.py`.

MkDocs loads this file on its own, by its path, and keeps it for all builds of a run.

A site is built beside the last one and takes its place when it is whole: a build that fails, strictly or otherwise, or
that is stopped, leaves the last site as it was.
"""

import logging
import shutil
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.plugins import event_priority

log = logging.getLogger("mkdocs.navigator")
serving = False
loaded: dict[str, tuple[int, int]] | None = None
"""The files of the package when it was loaded."""
whole = False
"""Whether the site of this run is to be replaced as a whole, which `serve` does not do."""
current: Any = None
"""The plugin of the last build."""
beside: tuple[Path, Path] | None = None
"""Where the site is built, and where it belongs, until it is there."""


def on_startup(command: str, dirty: bool) -> None:
    """Note whether the site is served live, and whether it is built anew."""
    global serving, whole
    serving, whole = command == "serve", command == "build" and not dirty


@event_priority(100)
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Load the package anew where one of its files has changed, so that `serve` sees an edit to it.

    Not at every build: pydantic never forgets a class, which cost 3 MB each time. MkDocs finds plugins by entry points
    of installed packages only, so ours joins them here. It lives for one build.
    """
    global current, loaded
    root = str(Path(config.config_file_path).parent)
    if loaded != (loaded := _files(Path(root, "macros"))):
        for name in [name for name in sys.modules if name == "macros" or name.startswith("macros.")]:
            del sys.modules[name]
    if root not in sys.path:  # as the macros plugin does later; the command `mkdocs` does not
        sys.path.insert(0, root)
    from macros.site.hub.plugin import plugin_of  # the package as it is now

    if whole:
        _build_beside(config)
    current = navigator = config.plugins["navigator"] = plugin_of(Path(root), serving=serving)
    return navigator.configure(config)


@event_priority(-100)
def on_post_build(config: MkDocsConfig) -> None:
    """Build the pages of further languages beside those of the first, once these are written."""
    from macros.site.languages.chosen import build_further

    navigator: Any = config.plugins["navigator"]
    build_further(config, navigator.languages, lambda other: type(navigator)(serving, other))


def on_serve(server: Any, *, config: MkDocsConfig, builder: Any) -> Any:
    """Let an edit that touches a few pages write these, and every other edit build the site."""
    server.builder = lambda: current.edited() or builder()
    return server


def _files(folder: Path) -> dict[str, tuple[int, int]]:
    """List the files of the package with their time and size."""
    found = {}
    for path in folder.rglob("*"):
        if "__pycache__" not in path.parts and path.is_file():  # a folder changes when Python writes its cache there
            with suppress(OSError):  # one that an editor has just replaced
                about = path.stat()
                found[str(path)] = about.st_mtime_ns, about.st_size
    return found


def _build_beside(config: MkDocsConfig) -> None:
    """Let this build write to a new folder beside that of the site."""
    global beside
    from macros.edit.whole_folder import draft_of
    from macros.edit.write import said

    try:
        draft = draft_of(folder := Path(config.site_dir))
    except OSError as error:
        raise Abort(said(error)) from None
    if draft:
        beside = draft, folder
        config.site_dir = str(draft)


def on_shutdown() -> None:
    """Put the site where it belongs; where an error ends the run, throw away what was built of it."""
    global beside
    if beside is None:
        return
    from macros.edit.whole_folder import take_the_place
    from macros.edit.write import said

    (draft, folder), beside = beside, None
    try:
        if sys.exc_info()[0] is None:  # MkDocs calls this on the way out of errors too, of warnings and of Ctrl-C
            take_the_place(draft, folder)
            log.info(f"The site is in {folder}")
    except OSError as error:
        raise Abort(said(error)) from None
    finally:
        shutil.rmtree(draft, ignore_errors=True)
