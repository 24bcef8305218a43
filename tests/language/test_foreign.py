"""Texts in another language than the page are marked where they stand."""

from __future__ import annotations

import pytest

from macros.site.languages.foreign import Foreign
from macros.site.languages.terms import explain, read_terms
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
        (f"<td>{LONG}</td>", f"<td><span{MARK}>{LONG}</span></td>"),
        (f'<a title="Läs mer">{LONG}</a>', f'<a title="Läs mer"><span{MARK}>{LONG}</span></a>'),
        (f'<th title="{LONG}">1</th>', f'<th title="{LONG}" lang="en">1</th>'),
        (f'<a title="Short">{LONG}</a>', f'<a title="Short"{MARK}>{LONG}</a>'),
        ('<a class="md-footer__link" aria-label="Nästa: Short">x</a>', '<a class="md-footer__link">x</a>'),
        ('<a class="md-footer__link" aria-label="Nästa: Kort">x</a>',) * 2,
    ],
)
def test_a_text_is_marked_with_its_language(html: str, marked: str) -> None:
    assert MARKS.marked(html) == marked


def test_no_term_is_linked_in_a_text_that_is_in_another_language() -> None:
    glossary = read_terms("Laboratory { #laboratory }\n:   A place.\n")
    html = f"<p>The laboratory.</p><p>{LONG}</p>"
    assert explain(f"<p>{LONG}</p>", glossary, str, leave=MARKS.holds) == f"<p>{LONG}</p>"
    done = explain(html, glossary, str, spoken="en", leave=MARKS.holds)
    assert '<a class="nav-term" href="laboratory" lang="en" title="A place.">laboratory</a>' in done
    assert MARKS.marked(done).endswith(f"<p{MARK}>{LONG}</p>")


def test_a_page_with_a_translation_that_nobody_has_read_is_known() -> None:
    marks = Foreign(Language("sv", unread=frozenset(["Börja arbetet & vänta"])))
    assert marks.has_unread("<p>Börja arbetet &amp; vänta</p>")
    assert not marks.has_unread("<p>Börja</p>")
