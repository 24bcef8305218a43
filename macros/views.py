"""Everything that pages show: the views of checklists and of projects, each view a macro."""

from macros.checklist_views import ChecklistViews
from macros.finding_views import FindingViews
from macros.foresight_views import ForesightViews
from macros.region_views import RegionViews
from macros.start_views import StartViews


class Views(ChecklistViews, ForesightViews, RegionViews, StartViews, FindingViews):
    """The views of one handbook on one day."""


MACROS = tuple(name for name in dir(Views) if getattr(getattr(Views, name), "is_macro", False))
