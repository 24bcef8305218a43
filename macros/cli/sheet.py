"""`python -m macros sheet ID`: a workbook in which a project is answered, or a blank one for a kind of product."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from macros.cli.command import Place, politely
from macros.cli.language import as_asked, declare_language
from macros.edit.write import write_whole
from macros.load.handbook import survey
from macros.model.handbook import Handbook
from macros.text.problem import nearest
from macros.text.reader import read
from macros.text.report import Problems, stops

if TYPE_CHECKING:
    from macros.sheets.questions import Sheet


def declare(parser: ArgumentParser) -> None:
    parser.add_argument("id", nargs="?", metavar="ID", help="a project; else say what the product is")
    parser.add_argument("--modality", help="the kind of product, for a blank sheet")
    parser.add_argument("--route", nargs="+", default=[], help="how it reaches patients; one or more")
    parser.add_argument("--donor", help="who gives the cells, where the modality leaves that open")
    parser.add_argument("--delivery", help="how genes are changed, where it is not the usual way of the modality")
    parser.add_argument("--upto", type=int, metavar="STAGE", help="only the items due up to this stage")
    declare_language(parser)
    parser.add_argument("--out", metavar="FILE", help="where to write it; else a file of its name in this folder")


@politely
def run(chosen: Namespace, place: Place) -> int:
    from macros.sheets.workbook import workbook

    if bool(chosen.id) == bool(chosen.modality):
        raise ValueError("Name a project, or say what the product is with --modality and --route.")
    file = f"projects/{chosen.id}.yml"
    handbook, found = survey(place.root, place.day, [file] if chosen.id else ["-"], place.home)
    if handbook is None or stops(found):
        raise Problems(stops(found))
    if chosen.upto is not None and chosen.upto not in handbook.frame.stages:
        raise ValueError(f"{chosen.upto} is not a stage. Stages are {', '.join(map(str, handbook.frame.stages))}.")
    handbook = as_asked(handbook, chosen.language, place)
    sheet = _of_project(chosen, place, handbook, file) if chosen.id else _of_product(chosen, handbook)
    path = Path(chosen.out or f"{chosen.id or f'new-{chosen.modality}'}.xlsx")
    try:
        write_whole(path, workbook(handbook, sheet, place.day), new=True)
    except FileExistsError:
        raise ValueError(f"{path} exists and may hold answers. Move it, or name another with --out.") from None
    print(f"{path} is written: {len(sheet.items)} questions. `python -m macros read-sheet {path}` reads it back.")
    return 0


def _of_project(chosen: Namespace, place: Place, handbook: Handbook, file: str) -> Sheet:
    from macros.sheets.questions import of_project

    if chosen.id not in handbook.projects:
        raise ValueError(f'There is no project "{chosen.id}".')
    raw = ((place.base_of(file) or place.root) / file).read_bytes()
    return of_project(handbook, chosen.id, read(file, raw)[0].data, chosen.upto)


def _of_product(chosen: Namespace, handbook: Handbook) -> Sheet:
    from macros.sheets.questions import blank

    frame = handbook.frame
    donors = [donor for donor in frame.donors if donor != "none"]
    for what, words, known in (
        ("modality", [chosen.modality], frame.modalities),
        ("route", chosen.route or [""], frame.routes),
        ("donor", [chosen.donor] if chosen.donor else [], donors),
    ):
        for word in (word for word in words if word not in known):
            near = nearest(word, known)
            raise ValueError(f'"{word}" is not a {what}. Write ' + (f'"{near}".' if near else f"{' or '.join(known)}."))
    if not frame.modalities[chosen.modality].donor and not chosen.donor:
        raise ValueError(f"It is not said whose cells are used. Add --donor {' or --donor '.join(donors)}.")
    if chosen.delivery and chosen.delivery not in (ways := frame.modalities[chosen.modality].delivery):
        raise ValueError(
            f'"{chosen.delivery}" is not a delivery of this modality, which has: {", ".join(ways) or "none"}.'
        )
    product = {"modality": chosen.modality, "donor": chosen.donor, "delivery": chosen.delivery}
    product["route"] = " ".join(dict.fromkeys(chosen.route))
    return blank(handbook, {name: word for name, word in product.items() if word}, chosen.upto)
