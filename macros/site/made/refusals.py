"""How a build refuses: in a plain sentence, as MkDocs prints it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mkdocs.exceptions import PluginError

from macros.edit.write import said
from macros.load.languages import of_reader
from macros.site.environment import home_of
from macros.text.messages import ENGLISH, M_
from macros.text.report import Problems


@contextmanager
def refusals(root: Path | None = None, code: str = "en") -> Iterator[None]:
    """Let MkDocs say in plain sentences why it cannot build.

    Args:
        root: The repository.
        code: The language in which problems are said.
    """
    try:
        yield
    except Problems as problems:
        language = of_reader(root, home_of(root), code, problems.problems) if root else ENGLISH
        begin = language.say(M_("the handbook has problems."))
        raise PluginError(f"{begin}\n\n{problems.said(language)}\n") from None
    except (OSError, ValueError) as error:
        raise PluginError(said(error) if isinstance(error, OSError) else str(error)) from None
