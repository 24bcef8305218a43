"""The MkDocs hook: gets the package ready for a build, and hands all events of that build to `plugin.py`.

MkDocs loads this file on its own, by its path, and keeps it for all builds of a run.
"""

import sys
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority

serving = False


def on_startup(command: str, dirty: bool) -> None:
    """Note whether the site is served live."""
    global serving
    serving = command == "serve"


@event_priority(100)
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Forget the package, so that `serve` sees an edit to it; before the macros plugin loads it.

    MkDocs finds plugins by entry points of installed packages only, so ours joins them here. It lives for one build.
    """
    for name in [name for name in sys.modules if name == "macros" or name.startswith("macros.")]:
        del sys.modules[name]
    root = str(Path(config.config_file_path).parent)
    if root not in sys.path:  # as the macros plugin does later; the command `mkdocs` does not
        sys.path.insert(0, root)
    from macros.site.plugin import Navigator  # the package as it is now

    navigator = config.plugins["navigator"] = Navigator(serving)
    return navigator.configure(config)
