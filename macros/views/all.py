"""Everything that pages show: the views of checklists and of projects, each view a macro."""

from macros.views.checklists import ChecklistViews
from macros.views.foresight import ForesightViews
from macros.views.guide import FindingViews
from macros.views.region import RegionViews
from macros.views.start import StartViews


class Views(ChecklistViews, ForesightViews, RegionViews, StartViews, FindingViews):
    """The views of one handbook on one day."""


MACROS = tuple(name for name in dir(Views) if getattr(getattr(Views, name), "is_macro", False))
