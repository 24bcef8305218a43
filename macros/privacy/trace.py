"""Where in a line something is that must not be there, and what it is; never the characters themselves."""

import re
from typing import NamedTuple

from macros.text.messages import Said


class Trace(NamedTuple):
    """A place in a line, and what is there."""

    start: int
    end: int
    what: Said


# The path of an address or of a DOI holds numbers of documents; what follows a ? or # in it may be anything.
PATH = re.compile(r"""(https?://[^\s/?#"'<>]*|\b10\.[0-9]{4,9})(/[^\s?#"'<>]*)""")


def without_paths(line: str) -> str:
    """Strike out the paths of addresses and DOIs, so that every other character keeps its place."""
    return PATH.sub(lambda match: match[1] + "/" * len(match[2]), line)
