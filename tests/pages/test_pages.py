"""Pages are text: what they may call, link to and hold, and what is refused with file and line."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
import yaml

from macros.pages.calls import MACROS, asks_for_macros, misread
from macros.pages.links import as_on_site, on_site
from macros.pages.markup import running, running_asset
from macros.site.text_pages import PageError, filled, rendered
from macros.text.characters import MOST
from macros.text.problem import Problem
from macros.text.source import Source
from macros.views.registry import VIEWS
from tests.support.each import each
from tests.support.paths import TESTS

ESCAPES: list[str] = yaml.safe_load((TESTS / "pages/escapes.yml").read_text("utf-8"))
KNOWN = {"item": ["trial/first-cohort"], "source": ["a-source"], "stage": ["1", "9"], "area": ["trial"]}
PROSE = "A set {a, b} of 5 % each, 50%, {x}, } and {, 100 %}, a {single brace}, # {#id}, $x$, `code {a}`, {: .note}\n"


def sentences(problems: Iterable[Problem]) -> list[str]:
    return [problem.sentence for problem in problems]


# --- calls ---


def test_there_are_at_least_forty_escapes() -> None:
    assert len(ESCAPES) >= 40


@each("escape", ESCAPES)
def test_an_escape_is_refused_by_file_and_line(escape: str) -> None:
    problems = list(misread(Source("region/pages/a.md", f"# A\n\nWords {escape} words\n"), KNOWN))
    assert problems
    assert {(problem.file, problem.line, problem.kind) for problem in problems} == {
        ("region/pages/a.md", 3, "macro-call")
    }


@each("escape", ESCAPES)
def test_the_sandbox_refuses_it_too_or_leaves_it_as_text(escape: str) -> None:
    """Without the check before it: nothing that is not a macro can be reached."""
    try:
        made = rendered("docs/a.md", f"\n\nWords {escape}\n", {"item": lambda name: f"<{name}>"}, 2)
    except PageError as error:
        assert str(error).startswith("docs/a.md:5: ")
        assert "Traceback" not in str(error)
        return
    assert not [word for word in ("subclass", "uid=", "<class", "root:", "<function", "<module") if f"{word} " in made]
    assert made.count("_") <= escape.count("_"), "a name that nobody wrote"


def test_every_macro_is_a_view_and_is_given_what_the_view_takes() -> None:
    of_a_hub = {name for name in VIEWS if name.startswith("hub_")}  # nobody writes pages there
    assert MACROS.keys() == VIEWS.keys() - of_a_hub
    for name, wanted in MACROS.items():
        code = VIEWS[name].function.__code__
        taken = code.co_argcount - 1
        assert taken == len(wanted), name


@each(
    "call, sentence",
    [
        ('{{ item("trial/first-cohort") }}', ""),
        ("{{ item('trial/first-cohort',\n 'words') }}", ""),
        ("{{ stage_head(9) }}{{stages()}}", ""),
        ('{{ itme("trial/first-cohort") }}', '"itme" is not a macro'),
        ('{{ item("trial/first-cohrt") }}', '"trial/first-cohrt" is no item that there is'),
        ("{{ stage_head(12) }}", '"12" is no stage that there is'),
        ('{{ stage_head("1") }}', '"stage_head" is not given what it needs'),
        ("{{ item() }}", '"item" is not given what it needs'),
        ('{{ stages("a") }}', '"stages" is not given what it needs'),
        ("{{ stages", "these double braces are not closed"),
        ("{{{ stages() }}}", "this is not a call of a macro"),
        ("{{- stages() -}}", "this is not a call of a macro"),
        (f"{{{{ item('{'a' * 600}') }}}}", "this is not a call of a macro"),
    ],
)
def test_a_call_is_a_name_with_words_or_numbers(call: str, sentence: str) -> None:
    assert sentences(misread(Source("docs/a.md", call), KNOWN)) == ([sentence] if sentence else [])


def test_what_people_write_in_prose_breaks_nothing() -> None:
    assert sentences(misread(Source("docs/a.md", PROSE.replace("100 %}", "100 %")), KNOWN)) == []
    assert rendered("docs/a.md", f"{PROSE}{{{{ stages() }}}}", {"stages": lambda: "made"}) == f"{PROSE}made"


def test_front_matter_asks_for_macros_in_one_way() -> None:
    assert asks_for_macros("---\ntitle: A\nmacros: true\n---\n# A\n")
    assert asks_for_macros("---\r\nmacros: true\r\n---\r\n# A\r\n")
    for text in (
        "macros: true\n",
        "---\nmacros: false\n---\n",
        "# A\n---\nmacros: true\n---\n",
        "---\n x: 'macros: true'\n---\n",
    ):
        assert not asks_for_macros(text)


def test_a_macro_that_fails_is_told_with_its_line_and_without_a_traceback() -> None:
    def broken(_: str) -> str:
        raise KeyError("trial/gone")

    with pytest.raises(PageError) as said:
        rendered("region/pages/a.md", 'one\n\n{{ item("trial/gone") }}\n', {"item": broken}, 4)
    assert str(said.value) == "region/pages/a.md:7: a macro on this line cannot be called: trial/gone"


def test_macros_of_a_region_page_are_called_only_where_it_asks_for_them() -> None:
    def place(view: str, *words: str | int) -> str:
        return f"<{view} {' '.join(map(str, words))}>"

    body = '{{ item("trial/first-cohort") }} and {{ 7*7 }} 50 %'
    assert filled("region/pages/a.md", body, body, place, lambda _: False) == body
    called = '{{ item("trial/first-cohort") }} {#id} {% 50 %}'
    asked = f"---\nmacros: true\n---\n{called}"
    made = "<item trial/first-cohort> {#id} {% 50 %}"
    assert filled("region/pages/a.md", asked, called, place, lambda _: False) == made
    assert filled("docs/a.md", called, called, place, lambda _: False) == made
    with pytest.raises(PageError, match=r"region/pages/a\.md:4: "):
        filled("region/pages/a.md", f"{asked}{{{{ nobody }}}}", f"{called}{{{{ nobody }}}}", place, lambda _: False)


# --- what runs ---


@each(
    "text",
    [
        "<script>alert(1)</script>",
        "< script src=x>",
        '<meta http-equiv="refresh" content="0; url=https://evil.example/">',
        '<iframe src="https://evil.example/"></iframe>',
        "<object data=x></object>",
        "<embed src=x>",
        "<base href=https://evil.example/>",
        "<link rel=stylesheet href=x>",
        "<style>body{}</style>",
        "<form action=https://evil.example/><input></form>",
        "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        "<p\nonclick='x'>",
        "A word{ onclick=alert(1) }",
        "# Heading {: .a onmouseover=x }",
        "[x](javascript:alert(1))",
        "[x](java&#115;cript:alert(1))",
        "[x]( JaVaScRiPt:alert(1))",
        "[x][y]\n\n[y]: javascript:alert(1)",
        "<javascript:alert(1)>",
        '<a href="java\tscript:alert(1)">x</a>',
        '<a href="data:text/html,<script>">x</a>',
        "<svg><a xlink:href='javascript:alert(1)'>x</a></svg>",
        "<svg><animate attributeName=href values=javascript:alert(1) /></svg>",
    ],
)
def test_what_could_run_or_lead_away_is_named(text: str) -> None:
    problems = list(running(Source("region/pages/a.md", f"# A\n\n{text}\n")))
    assert problems
    assert all(problem.kind == "runs-in-a-page" and problem.line >= 3 for problem in problems)


@each(
    "text",
    [
        "Write `<script>` in code, or\n\n```html\n<iframe src=x>\n```\n",
        "The rest of the form is on paper. On = at. JavaScript: the language. Data: 12.",
        "<div class='a' markdown>[a](https://example.org/x?y=1#z)</div>",
        "<details><summary>More</summary>Text</details>",
        "![A picture](assets/x.png){ width=200 }",
        "Cells < 5 on day 3 and > 2, only one = one.",
    ],
)
def test_ordinary_pages_are_left_alone(text: str) -> None:
    assert sentences(running(Source("region/pages/a.md", text))) == []


SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 1 1">{}</svg>'


@each(
    "inner",
    [
        "<script>alert(1)</script>",
        "<SCRIPT>x</SCRIPT>",
        "<g onload='x'/>",
        "<foreignObject/>",
        "<a href='javascript:x'/>",
        "<use xlink:href='https://evil.example/x.svg#a'/>",
        "<image href='https://evil.example/x.png'/>",
        "<image href='data:image/svg+xml;base64,x'/>",
        "<style>@import 'https://evil.example/x.css';</style>",
        "<rect style='fill:url(https://evil.example/x)'/>",
        "<animate attributeName='href' to='javascript:x'/>",
        "<unclosed>",
    ],
)
def test_a_picture_that_can_run_or_load_something_is_refused(inner: str) -> None:
    problems = list(running_asset(Source("region/assets/a.svg", SVG.format(inner))))
    assert [problem.kind for problem in problems] == ["runs-in-an-asset"] * len(problems) != []


def test_a_plain_picture_is_left_alone_and_a_declaration_is_not() -> None:
    inner = "<style>.a{fill:url(#b)}</style><a href='https://example.org/'/><use href='#b'/>"
    inner += "<image href='data:image/png;base64,x'/>"
    assert sentences(running_asset(Source("region/assets/a.svg", SVG.format(inner)))) == []
    assert sentences(running_asset(Source("region/assets/a.svg", f"<!DOCTYPE svg [<!ENTITY a 'b'>]>{SVG.format('')}")))
    for name in ("a.html", "a.XHTML", "a.js", "a.xml", "a.svgz"):
        assert sentences(running_asset(Source(f"region/assets/{name}", "x")))
    assert sentences(running_asset(Source("region/assets/a.csv", "a,b"))) == []


# --- links ---

FILES = {"region/pages/about.md", "region/pages/deep/more.md", "region/assets/photo.jpg", "docs/levels.md"}


@each(
    "page, written, on_the_site",
    [
        ("about.md", "../assets/photo.jpg", "assets/photo.jpg"),
        ("about.md", "assets/photo.jpg", "assets/photo.jpg"),
        ("about.md", "../../docs/levels.md#stages", "../levels.md#stages"),
        ("about.md", "../levels.md", "../levels.md"),
        ("about.md", "deep/more.md", "deep/more.md"),
        ("about.md", "set-up.md", "set-up.md"),
        ("about.md", "https://example.org/assets/photo.jpg", "https://example.org/assets/photo.jpg"),
        ("deep/more.md", "../../assets/photo.jpg", "../assets/photo.jpg"),
        ("deep/more.md", "../about.md", "../about.md"),
    ],
)
def test_links_may_be_written_as_on_disk_or_as_on_the_site(page: str, written: str, on_the_site: str) -> None:
    for form in ("[a]({})", "![a]({})", "[a]: {}", '<img src="{}">', '[a](<{}> "b")'):
        made = as_on_site(f"region/pages/{page}", form.format(written), FILES.__contains__)
        assert made == form.format(on_the_site)


def test_a_link_is_followed_to_the_page_it_leads_to() -> None:
    leads = {
        "../../docs/levels.md": "levels.md",
        "../levels.md#a": "levels.md",
        "deep/more.md?x": "region/deep/more.md",
        "gone.md": "region/gone.md",
    }
    for target, path in leads.items():
        assert on_site("region/pages/about.md", target, FILES.__contains__) == path


# --- nothing stalls ---


@each("piece", ["{{", "{{ a }}", "{%", "<a ", "](", "`", "```\n", "{", "[a]:", "<!--", "href=", "{{ item('", "<"])
def test_a_long_text_of_anything_is_soon_read(piece: str) -> None:
    text = (piece * 200_000)[:200_000]
    source = Source("region/pages/a.md", text)
    assert len([*running(source), *misread(source, KNOWN)]) <= 2 * MOST
    assert as_on_site("region/pages/a.md", text, lambda _: False) == text
