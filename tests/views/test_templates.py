"""What templates are given, how they are linked, and whose words they use."""

from __future__ import annotations

import ast
import re

import pytest

import macros.views
from macros.engine.portfolio import Portfolio
from macros.text.messages import ENGLISH, Language
from macros.views.context import PageContext
from macros.views.registry import MODULES, VIEWS, Views
from macros.views.templating import environment, speak, with_globals
from tests.support.paths import ROOT
from tests.support.small import TODAY, real

FOLDER = ROOT / "macros/views"


SWEDISH = Language(
    "sv",
    {
        ("", "Owner"): ("Ägare",),
        ("", "stage %(n)s"): ("steg %(n)s av 9",),
        ("", "%(share)s %% done"): ("%(share)s %% klart",),
        ("", "Home"): ("<b>Hem</b>",),
        ("of a person", "lead"): ("ansvarig",),
        ("", "%(num)s item"): ("en punkt", "%(num)s punkter"),
    },
)
THREE_FORMS = Language(
    "xx", {("", "%(num)s item"): ("ingen punkt", "en punkt", "%(num)s punkter")}, lambda number: min(number, 2)
)


def rendered(text: str, language: Language = ENGLISH) -> str:
    return speak(environment(), language).from_string(text).render()


@pytest.mark.parametrize(
    ("template", "english", "translated"),
    [
        ('{{ _("Owner") }}', "Owner", "Ägare"),
        ('{{ _("stage %(n)s", n="<3>") }}', "stage &lt;3&gt;", "steg &lt;3&gt; av 9"),
        ('{{ _("%(share)s %% done", share=5) }}', "5 % done", "5 % klart"),
        ('{{ _("Owner") ~ "!" }}', "Owner!", "Ägare!"),
        ('{{ _("not in the catalogue") }}', "not in the catalogue", "not in the catalogue"),
        ('{{ _("Home") }}', "Home", "&lt;b&gt;Hem&lt;/b&gt;"),
        ('{{ _("Home") ~ "" }}', "Home", "&lt;b&gt;Hem&lt;/b&gt;"),
        ('{{ pgettext("of a person", "lead") }}', "lead", "ansvarig"),
        ('{{ pgettext("of a metal", "lead") }}', "lead", "lead"),
        ('{{ ngettext("%(num)s item", "%(num)s items", 0) }}', "0 items", "0 punkter"),
        ('{{ ngettext("%(num)s item", "%(num)s items", 1) }}', "1 item", "en punkt"),
        ('{{ ngettext("%(num)s item", "%(num)s items", 2) }}', "2 items", "2 punkter"),
        ('{{ ngettext("%(num)s gate", "%(num)s gates", 2) }}', "2 gates", "2 gates"),
    ],
)
def test_a_catalogue_that_is_installed_says_the_words_plurals_included(
    template: str, english: str, translated: str
) -> None:
    assert rendered(template) == english
    assert rendered(template, SWEDISH) == translated


@pytest.mark.parametrize(("number", "said"), [(0, "ingen punkt"), (1, "en punkt"), (5, "5 punkter")])
def test_a_language_may_have_more_forms_than_two(number: int, said: str) -> None:
    assert rendered(f'{{{{ ngettext("%(num)s item", "%(num)s items", {number}) }}}}', THREE_FORMS) == said


def test_a_title_inside_a_sentence_begins_small_unless_it_is_an_abbreviation() -> None:
    assert [ENGLISH.inside(title) for title in ("Technical", "GMP site", "")] == ["technical", "GMP site", ""]
    assert Language("de").inside("Klinik") == "Klinik"


def test_environments_that_share_templates_have_values_of_their_own() -> None:
    base = environment()
    base.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
    one, two = with_globals(base, web=lambda _: "https://one"), with_globals(base, web=lambda _: "https://two")
    for each, address in ((one, "https://one"), (two, "https://two"), (one, "https://one")):
        assert each.from_string('{{ web("") }}').render() == address


@pytest.mark.parametrize(
    ("url", "way"), [("", ""), ("start/", "../"), ("projects/retina/", "../../"), ("a/b.html", "../")]
)
def test_links_of_a_view_begin_where_its_page_lies(url: str, way: str) -> None:
    views = Views(PageContext(Portfolio(real(), TODAY), lambda path, _: path))
    assert f'href="{way}stages/1.md"' in views.show("stage_strip", at=url)
    assert views.at(url) is views.at(url)


def test_no_two_views_have_one_name() -> None:
    assert len(VIEWS) == sum(len(module.VIEWS) for module in MODULES)


def given() -> dict[str, set[str]]:
    """Find what views give to templates: name of the template → names of the values."""
    found: dict[str, set[str]] = {}
    for path in FOLDER.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.Call(ast.Attribute(attr="render"), [ast.Constant(value=str(name))], values) if values:
                    found.setdefault(name, set()).update(str(value.arg) for value in values)
    return found


def test_the_docstring_of_the_package_says_what_each_template_is_given() -> None:
    text = re.sub(r"\n  +", " ", macros.views.__doc__ or "")
    said = {
        name: set(re.findall(r"(?:^|; )(\w+)", values))
        for names, values in re.findall(r"^- ([\w, ]+): (.+)$", text, re.MULTILINE)
        for name in names.split(", ")
    }
    assert given() == said
