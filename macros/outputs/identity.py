"""Names that are unique in the world and stay: what calendars and feeds tell their entries by.

A subscriber may take calendars of several sites, or of one site before and after it moved. So a name holds a code of
the site: of the word that its region chose for ever, or else of its address.
"""

from uuid import NAMESPACE_URL, UUID, uuid5

from macros.model.handbook import Handbook
from macros.model.status_file import Project


def code_of(handbook: Handbook, site: str) -> UUID:
    """Give the code of a site: the same whatever the language of its pages."""
    region = handbook.region
    return uuid5(NAMESPACE_URL, (region and region.site.identity) or site.removesuffix(handbook.language.path))


def site_name(handbook: Handbook) -> str:
    """Give the name by which subscribers know a site: that of its region, where it has one."""
    return handbook.region.site.name if handbook.region else "Navigator"


def first_name(project: Project) -> str:
    """Give the name that a project had first: entries keep it when the file is renamed."""
    return project.formerly[0] if project.formerly else project.id
