"""Texts in another language than the page are marked where they stand."""

from __future__ import annotations

import pytest

from macros.site.languages.foreign import Foreign
from macros.text.messages import Language

LONG, QUOTED = "Begin the work in the laboratory.", 'Say "yes" & no, then wait.'
MARKS = Foreign(Language("sv", foreign={LONG: "en", QUOTED: "en", "Short": "en"}, theirs={"Our project": "da"}))
MARK = ' lang="en" data-nav-foreign'


@pytest.mark.parametrize(
    ("html", "marked"),
    [
        (f"<p>{LONG}</p>", f"<p{MARK}>{LONG}</p>"),
        (f'<a href="x">{LONG}</a>', f'<a href="x"{MARK}>{LONG}</a>'),
        (f"<p>{LONG} <b>Mer</b></p>", f"<p><span{MARK}>{LONG}</span> <b>Mer</b></p>"),
        (f"<p>Först. {LONG} Sedan.</p>", f"<p>Först. <span{MARK}>{LONG}</span> Sedan.</p>"),
        ("<p>Say &#34;yes&#34; &amp; no, then wait.</p>", f"<p{MARK}>Say &#34;yes&#34; &amp; no, then wait.</p>"),
        ("<b>Short</b>", f"<b{MARK}>Short</b>"),
        ("<p>Short words</p>", "<p>Short words</p>"),
        ("<h1>Our project</h1>", '<h1 lang="da">Our project</h1>'),
        (f"<script>{LONG}</script>", f"<script>{LONG}</script>"),
        (f'<p lang="en">{LONG}</p>', f'<p lang="en"><span{MARK}>{LONG}</span></p>'),
        ("<p>Annat</p>", "<p>Annat</p>"),
    ],
)
def test_a_text_is_marked_with_its_language(html: str, marked: str) -> None:
    assert MARKS.marked(html) == marked


def test_a_page_with_a_translation_that_nobody_has_read_is_known() -> None:
    marks = Foreign(Language("sv", unread=frozenset(["Börja arbetet & vänta"])))
    assert marks.has_unread("<p>Börja arbetet &amp; vänta</p>")
    assert not marks.has_unread("<p>Börja</p>")
