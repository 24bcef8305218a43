"""HTML that waits until Markdown is done, or until a page is written."""

import re
from collections.abc import Callable


class Deferred:
    """The HTML of one build that waits.

    Attributes:
        held: Mark left in a page → HTML put in its place after Markdown.
        late: Mark left in a page → what renders the HTML put in last, when search has read the page. It is rendered
            only then, so that no more than one page is in memory.
    """

    def __init__(self) -> None:
        self.held: dict[str, str] = {}
        self.late: dict[str, Callable[[], str]] = {}
        self._marks = 0

    def hold(self, html: str, inline: bool = False) -> str:
        """Put HTML aside and return the mark that stands for it.

        Markdown takes a comment at the start of a line for a block, so inside a sentence the mark is an element.
        """
        self._marks += 1
        mark = f'<i data-held="{self._marks}"></i>' if inline else f"<!--held:{self._marks}-->"
        self.held[mark] = html
        return mark

    def postpone(self, render: Callable[[], str]) -> str:
        """Put off the rendering of HTML and return the mark that stands for it."""
        self._marks += 1
        mark = f"<!--late:{self._marks}-->"
        self.late[mark] = render
        return mark

    def fill(self, html: str, kind: str) -> str:
        """Put in what waits: for `held` or `late` marks.

        Where all of them stand alone, as in pages of projects, they are found in a twentieth of the time; with the
        other expression a project of many would take half a millisecond more for each of its two pages.
        """
        block, inline = rf"(<!--{kind}:\d+-->)", rf'(<i data-{kind}="\d+"></i>)'
        if f"<p><!--{kind}:" in html or f"<i data-{kind}" in html:
            return re.sub(f"<p>{block}</p>|{block}|{inline}", lambda m: self.take(m[1] or m[2] or m[3]), html)
        return re.sub(block, lambda m: self.take(m[1]), html)

    def take(self, mark: str) -> str:
        """Give the HTML that a mark stands for, once; a mark that is none of ours stays as it is."""
        if mark in self.late:
            return self.late.pop(mark)()
        return self.held.pop(mark, mark)
