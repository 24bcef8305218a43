"""What the shared checklists rest on: each source says what it is and how it was read.

The files are read as plain text, without the code of the handbook.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import pytest

from macros.engine.portfolio import Portfolio
from macros.model.checklist import SignOff
from macros.model.handbook import Handbook
from macros.model.rules import KINDS, READINGS, Reference, best
from macros.privacy.people import is_a_person
from macros.views.checklists.areas import area_head
from macros.views.checklists.sources import item_sources
from macros.views.context import PageContext
from tests.support import independent
from tests.support.each import each
from tests.support.paths import ROOT
from tests.support.small import TODAY, real

CHECKLISTS = ROOT / "checklists"
REFERENCES: dict[str, dict[str, Any]] = independent.plain(CHECKLISTS / "references.yml")["references"]
SEARCHES: dict[str, dict[str, str]] = independent.plain(CHECKLISTS / "searches.yml")["searches"]
AREAS = {path.stem: independent.plain(path) for path in sorted(CHECKLISTS.glob("*al/*.yml"))}
ITEMS = {f"{area}/{word}": item for area, file in AREAS.items() for word, item in file["items"].items()}
PRIMARY = {"law", "guideline", "authority", "peer-reviewed"}

ISSUING_BODIES = {
    # the European Union and its agencies
    "accelerating-clinical-trials.europa.eu",
    "ec.europa.eu",
    "eur-lex.europa.eu",
    "health.ec.europa.eu",
    "oeil.europarl.europa.eu",
    "www.eesc.europa.eu",
    "www.ema.europa.eu",
    # other international bodies
    "edqm.eu",
    "pheur.edqm.eu",
    "www.epo.org",
    "www.ich.org",
    # states and their authorities
    "data.riksdagen.se",
    "english.ccmo.nl",
    "fimea.fi",
    "laegemiddelstyrelsen.dk",
    "lakemedelsverket.se",
    "legislation.gov.uk",
    "ogm.public.lu",
    "rkrattsbaser.gov.se",
    "www.fda.gov",
    "www.jazmp.si",
    "www.legislation.gov.uk",
    "www.miljodirektoratet.no",
}
"""Hosts of bodies that issue laws and guidelines. A new one is added after somebody has looked who runs it."""

MIRRORS = {
    "5dok.org",
    "ashpublications.com",
    "atmp.knowitjonkoping.se",
    "careerchemical.com",
    "docplayer.nl",
    "docplayer.se",
    "docslib.org",
    "dailypopulous.com",
    "debeurs.nl",
    "dokumen.tips",
    "paperzz.com",
    "scribd.com",
    "maestrodatabase.com",
    "motherboard.vice.com",
    "studylibsv.com",
    "tomesphere.com",
    "user-zlub8kj.cld.bz",
    "vdocuments.site",
    "vdokument.com",
    "wsqms.com",
    "www.mccourier.com",
    "zenovel.com",
}
"""Hosts of copies, shares, forums and look-alikes: never an address of a source or of evidence."""


def hosts(reference: dict[str, Any]) -> set[str]:
    addresses = [reference.get("url", ""), *independent.several(reference.get("more-urls"))]
    return {urlsplit(address).hostname or "" for address in addresses if address}


@each("name", REFERENCES)
def test_a_source_says_what_it_is_and_how_it_was_read(name: str) -> None:
    assert REFERENCES[name]["kind"] in KINDS
    assert REFERENCES[name]["reading"] in READINGS
    assert REFERENCES[name]["confirmed"] == "false" or REFERENCES[name]["reading"] == "at-source"


@each("name", [name for name, reference in REFERENCES.items() if reference["kind"] in ("law", "guideline")])
def test_a_law_or_guideline_is_cited_at_a_body_that_issues_them(name: str) -> None:
    assert hosts(REFERENCES[name]) - ISSUING_BODIES == set()


@each("name", REFERENCES)
def test_no_source_has_the_address_of_a_copy(name: str) -> None:
    assert hosts(REFERENCES[name]) & MIRRORS == set()


def test_no_history_rests_on_the_address_of_a_copy() -> None:
    files = {path.name: path.read_text("utf-8") for path in (ROOT / "projects").glob("*.yml")}
    assert [(name, host) for name, text in files.items() for host in MIRRORS if host in text] == []


def kinds_of(item: dict[str, Any]) -> set[str]:
    sources = independent.several(item.get("sources"))
    return {REFERENCES[source]["kind"] for source in sources if source in REFERENCES}


def test_an_item_without_a_law_guideline_authority_or_paper_says_what_was_searched() -> None:
    weak = [name for name, item in ITEMS.items() if not kinds_of(item) & PRIMARY]
    unsearched = [name for name in weak if name not in SEARCHES]
    assert unsearched == [], "search for a source, and write in searches.yml what was searched and found"


def test_an_item_without_any_source_is_called_our_proposal() -> None:
    without = [name for name, item in ITEMS.items() if not item.get("sources")]
    assert [name for name in without if not SEARCHES.get(name, {}).get("ours")] == []


@each("name", SEARCHES)
def test_what_rests_on_no_source_is_called_ours(name: str) -> None:
    assert name in ITEMS
    ours = SEARCHES[name].get("ours", "our proposal")
    assert "our proposal" in ours.lower(), ours


@pytest.mark.parametrize("day", ["", "2026-11-20"])
def test_the_page_of_an_area_says_who_of_the_field_has_signed_it(day: str) -> None:
    area, role = real().areas["analytics"], "head of quality control at a hospital GMP site"
    signed = SignOff.model_validate({"day": day, "role": role}) if day else None
    areas = {**real().areas, "analytics": area.model_copy(update={"reviewed": signed})}
    html = area_head(context_of(replace(real(), areas=areas)), "analytics")
    assert ("No specialist in the field has signed off this area yet." in html) == (not day)
    assert (f"{day}: {role}." in html) == bool(day)


def context_of(book: Handbook) -> PageContext:
    return PageContext(Portfolio(book, TODAY), lambda path, anchor: f"{path}#{anchor}")


def reference(kind: str, reading: str) -> Reference:
    return Reference.model_validate({"title": "A", "kind": kind, "reading": reading, "confirmed": "false"} | CHECKED)


CHECKED = {"checked": "2026-11-27"}


def test_the_best_source_is_a_primary_one_then_the_best_read_then_a_law() -> None:
    law, paper = reference("law", "through-another"), reference("peer-reviewed", "at-source")
    guideline, other = reference("guideline", "at-source"), reference("other", "at-source")
    assert best([other, law]) is law
    assert best([law, paper]) is paper
    assert best([paper, guideline]) is guideline
    assert best([]) is None


def test_a_source_that_does_not_say_counts_by_whether_it_is_confirmed() -> None:
    for confirmed, reading in (("true", "at-source"), ("false", "not-read")):
        region = Reference.model_validate({"title": "A", "confirmed": confirmed} | CHECKED)
        assert (region.counted_kind, region.counted_reading) == ("other", reading)


def test_the_page_counts_every_item_once_and_lists_those_without_a_strong_source() -> None:
    shown: dict[str, Any] = {}

    class Recorded(PageContext):
        def render(self, template: str, **values: Any) -> Any:
            shown.update(values)
            return super().render(template, **values)

    html = item_sources(Recorded(Portfolio(real(), TODAY), lambda path, anchor: f"{path}#{anchor}"))
    counted = {kind: sum(readings.values()) for kind, readings in shown["counts"].items()}
    assert sum(counted.values()) == len(ITEMS)
    weak = {name for name, item in ITEMS.items() if not kinds_of(item) & PRIMARY}
    assert {item.name for item, _ in shown["weak"]} == weak
    assert counted["other"] + counted["none"] == len(weak)
    assert all(f"#{name.partition('/')[2]}" in html for name in weak)


@pytest.mark.parametrize(
    ("role", "person"),
    {
        "Anna Svensson": True,
        "Dr Svensson": True,
        "A. Svensson, process development": True,
        "Prof. Åsa Öberg": True,
        "Head of quality control at a hospital GMP site": False,
        "Qualified Person, hospital GMP site": False,
        "Clinical Pharmacologist": False,
        "haematologist who treats with CAR-T cells": False,
        "Professor of health economics": False,
    }.items(),
)
def test_a_role_is_told_from_a_person(role: str, person: bool) -> None:
    assert is_a_person(role) is person
