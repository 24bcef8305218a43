"""How a build refuses: in a plain sentence, as MkDocs prints it."""

from collections.abc import Iterator
from contextlib import contextmanager

from mkdocs.exceptions import PluginError

from macros.edit.write import said
from macros.text.report import Problems


@contextmanager
def refusals() -> Iterator[None]:
    """Let MkDocs say in plain sentences why it cannot build."""
    try:
        yield
    except Problems as problems:
        raise PluginError(f"the handbook has problems.\n\n{problems}\n") from None
    except (OSError, ValueError) as error:
        raise PluginError(said(error) if isinstance(error, OSError) else str(error)) from None
