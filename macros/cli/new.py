"""`python -m macros new ID`: the first file of a project."""

from argparse import ArgumentParser, Namespace

from macros.cli.command import Command, Place, politely


def _declare(new: ArgumentParser) -> None:
    new.add_argument("id", metavar="ID", help="small letters and hyphens; becomes the page's address")
    new.add_argument("--modality", required=True, help="the kind of product")
    new.add_argument("--route", required=True, nargs="+", help="how it reaches patients; one or more")
    new.add_argument("--lead", required=True, help="the partner that leads")
    new.add_argument("--donor", help="who gives the cells, where the modality leaves that open")
    new.add_argument("--title", default="", help="else made from ID")
    new.add_argument("--upto", type=int, metavar="STAGE", help="only the items due up to this stage")


@politely
def _run(chosen: Namespace, place: Place) -> int:
    from macros.cli.new_file import new_file

    path = new_file(
        place.root,
        chosen.id,
        modality=chosen.modality,
        routes=chosen.route,
        lead=chosen.lead,
        day=place.day,
        donor=chosen.donor,
        title=chosen.title,
        upto=chosen.upto,
        home=place.home,
    )
    print(f"projects/{path.name} is written. Fill in title and summary, then the answers.")
    return 0


COMMAND = Command("new", "write the first file of a project", _declare, _run)
