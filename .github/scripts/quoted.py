"""Write standard input for a job summary, as text that no reader of Markdown takes for anything else.

A summary holds at most one mebibyte; what is longer is cut, and said to be.
"""

from __future__ import annotations

import html
import sys

MOST = 200_000  # characters, of which one takes five bytes at most


def quoted(raw: bytes, heading: str) -> str:
    """Put a text under a heading, word for word."""
    text = raw.decode("utf-8", "replace")
    cut = "\n… cut here: `make check` says the rest." if len(text) > MOST else ""
    return f"## {heading}\n\n<pre>\n{html.escape(text[:MOST], quote=False)}{cut}\n</pre>\n\n"


if __name__ == "__main__":
    sys.stdout.buffer.write(quoted(sys.stdin.buffer.read(), sys.argv[1]).encode())
