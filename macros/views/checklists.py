"""What the pages show of the checklists: one method per macro, ids in, HTML or Markdown out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from markupsafe import Markup

from macros.model.checklist import Reference
from macros.model.items import Item
from macros.text.problem import KINDS
from macros.views.base import View, as_entities, inline, macro


class ChecklistViews(View):
    """Views of what is asked."""

    @macro
    def numbers(self) -> Markup:
        """Say how many stages, areas, items and sources the handbook has."""
        gates = sum(item.gate for item in self.handbook.items.values())
        return self.render("numbers", gates=gates)

    def items_where(self, **values: object) -> list[Item]:
        """List items whose fields have the given values, gates first, then by stage."""
        found = [
            item
            for item in self.handbook.items.values()
            if all(getattr(item, name) == value for name, value in values.items())
        ]
        return sorted(found, key=lambda item: (item.stage, not item.gate))

    @macro
    def stages(self) -> Markup:
        """Show the nine stages with their gates per track."""
        counts = Counter((item.stage, item.track) for item in self.handbook.items.values())
        gates = Counter((item.stage, item.track) for item in self.handbook.items.values() if item.gate)
        return self.render("stages", counts=counts, gates=gates)

    @macro
    def stage_strip(self) -> Markup:
        """Show the stages as the scale of the pictures, each with a link."""
        return self.render("stage_strip")

    @macro
    def stage_head(self, number: int) -> Markup:
        """Show what a stage begins and ends with."""
        return self.render("stage_head", stage=self.handbook.frame.stages[number])

    @macro
    def stage_items(self, number: int) -> Markup:
        """Show the items of a stage in three tracks side by side."""
        return self.render("stage_items", number=number)

    @macro
    def areas(self) -> Markup:
        """Show all areas, track by track."""
        return self.render("areas")

    @macro
    def area_head(self, area: str) -> Markup:
        """Show what an area is about."""
        return self.render("area_head", area=self.handbook.areas[area])

    @macro
    def area_items(self, area: str) -> str:
        """Show the items of an area, each under a heading of its own (Markdown)."""
        parts = []
        for item in self.items_where(area=area):
            parts.append(f"### {as_entities(item.title)} {{ #{item.anchor} }}")
            parts.append(self.stash(self.render("item", item=item)))
        for number, (word, waived) in enumerate(self.handbook.areas[area].waived.items()):
            item = self.handbook.every_item[f"{area}/{word}"]
            parts += ["## Not used here { #not-used }"] if number == 0 else []
            parts.append(f"### {as_entities(item.title)} {{ #{item.anchor} }}")
            parts.append(self.stash(self.render("waived_item", item=item, waived=waived)))
        for number, (word, gone) in enumerate(self.handbook.areas[area].retired.items()):
            parts += ["## No longer asked { #no-longer-asked }"] if number == 0 else []
            parts.append(f"### {as_entities(_in_words(word))} {{ #{word} }}")
            parts.append(self.stash(self.render("retired_item", gone=gone)))
        track = self.handbook.areas[area].track
        if address := self.edit_address(f"checklists/{track}/{area}.yml"):
            parts.append(self.stash(self.render("area_source", address=address)))
        return "\n\n".join(parts)

    @macro
    def area_lead_times(self, area: str) -> Markup:
        """Show the items of an area that take longest, with what their figures rest on."""
        timed = [item for item in self.items_where(area=area) if item.lead_time]
        longest = sorted(timed, key=lambda item: -item.lead_time.months if item.lead_time else 0)
        return self.render("area_lead_times", longest=longest[:4])

    @inline
    def item(self, name: str, text: str = "") -> Markup:
        """Link to an item by its full name, also once it is no longer asked; without words, to its title."""
        known = self.handbook.every_item.get(name)
        if known is None and name not in self.handbook.retired:
            raise KeyError(name)
        return self.render("item_link", name=name, text=text or (known.title if known else _in_words(name)))

    @inline
    def ours(self, words: str = "") -> Markup:
        """Mark a statement that rests on no source: our proposal, or what the words say instead."""
        return self.render("ours", words=words)

    @macro
    def partners(self) -> Markup:
        """Show the partners and how many items each owns and supports."""
        return self.render("partners")

    @macro
    def partner_head(self, partner: str) -> Markup:
        """Show who a partner is."""
        return self.render("partner_head", partner=partner)

    @macro
    def partner_items(self, partner: str) -> Markup:
        """Show what a partner owns and supports at each stage."""
        owned = self.items_where(owner=partner)
        supported = [item for item in self.items_where() if partner in item.supports]
        return self.render("partner_items", partner=partner, owned=owned, supported=supported)

    @macro
    def modalities(self) -> Markup:
        """Show what products there are."""
        return self.render("titled", folder="modalities", entries=self.handbook.frame.modalities)

    @macro
    def routes(self) -> Markup:
        """Show how products reach patients."""
        return self.render("titled", folder="routes", entries=self.handbook.frame.routes)

    @macro
    def modality_head(self, modality: str) -> Markup:
        """Show what a kind of product is."""
        return self.render("modality_head", modality=modality)

    @macro
    def modality_items(self, modality: str) -> Markup:
        """Show what is asked only of some modalities, and whether this is one of them."""
        settled = self.handbook.frame.modalities[modality].donor
        special = [i for i in self.items_where() if i.applies_to.modalities or i.applies_to.donor or i.note]
        asked: list[Item] = []
        not_asked: list[Item] = []
        for item in special:
            to = item.applies_to
            fits = (not to.modalities or modality in to.modalities) and (
                not to.donor or settled is None or settled in to.donor
            )
            (asked if fits else not_asked).append(item)
        return self.render("modality_items", modality=modality, asked=asked, not_asked=not_asked)

    @macro
    def route_head(self, route: str) -> Markup:
        """Show what a route is."""
        return self.render("route_head", route=route)

    @macro
    def route_items(self, route: str) -> Markup:
        """Show what is asked on one route only."""
        special = [item for item in self.items_where() if item.applies_to.route]
        asked = [item for item in special if item.applies_to.route == route]
        not_asked = [item for item in special if item.applies_to.route != route]
        return self.render("route_items", route=route, asked=asked, not_asked=not_asked)

    @macro
    def references(self) -> Markup:
        """Show all sources with the items that cite them."""
        cited: dict[str, list[Item]] = {}
        for item in self.handbook.items.values():
            for source in dict.fromkeys([*item.sources, *(item.lead_time.bases if item.lead_time else ())]):
                cited.setdefault(source, []).append(item)
        entries: Mapping[str, Reference] = dict(
            sorted(self.handbook.references.items(), key=lambda entry: entry[1].title.casefold())
        )
        return self.render("references", entries=entries, cited=cited)

    @inline
    def cite(self, source: str, text: str) -> Markup:
        """Link words of a page to a source; one that is not confirmed says so."""
        return self.render("cite", key=source, text=text)

    @macro
    def problems(self) -> str:
        """Show every kind of problem with the rule behind it (Markdown)."""
        kinds = "\n\n".join(
            f"<section data-nav-row markdown>\n\n### {name} {{ #{name} }}\n\n{KINDS[name]}\n\n</section>"
            for name in sorted(KINDS)
        )
        return f'<div data-nav-table="" data-nav-rows="kinds" markdown>\n\n{kinds}\n\n</div>'

    @macro
    def thresholds(self) -> Markup:
        """Show the numbers of the published rules."""
        return self.render("thresholds")


def _in_words(name: str) -> str:
    """Say the name of an item whose title is no longer known."""
    return name.rpartition("/")[2].replace("-", " ").capitalize()
