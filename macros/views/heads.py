"""What belongs to a page as a whole: what its head says about a project, and where a mistake is reported."""

from urllib.parse import quote

from markupsafe import Markup

from macros.model.status_file import ProjectKind
from macros.outputs.forge import forge_of, new_issue_address
from macros.text.messages import N_
from macros.views.context import PageContext

MISTAKE = N_("Something wrong")
ASKED = N_("What is wrong, and what should be written instead:")
MEETING = "meetings/"


def project_description(context: PageContext, path: str, project: str) -> Markup:
    """Describe a project in one line: its levels and the day of its assessment.

    Args:
        path: Of the page that is described: the project's own or the one for its meeting.
        project: Its name.
    """
    subject = context.handbook.projects[project]
    past = subject.kind is ProjectKind.RETROSPECTIVE
    reports = () if past else context.portfolio.reports(project)
    text = context.render("project_description", project=subject, reports=reports, meeting=path.startswith(MEETING))
    return Markup(" ".join(text.split()))  # noqa: S704


def mistake_address(context: PageContext, title: str, url: str) -> str:
    """Give the address at which a reader reports a mistake: a message to the region's mailbox that names the place.

    Without a mailbox it is the forge's page for a new issue; empty where neither is known.

    Args:
        title: Of the page or item.
        url: Its address, seen from the root of the site.
    """
    subject = f"{MISTAKE}: {title}"
    text = f"{context.site}{url}\n\n{ASKED}\n"
    region = context.handbook.region
    if region and region.site.mail:
        return f"mailto:{quote(region.site.mail, safe='@')}?subject={quote(subject, safe='')}&body={_lines(text)}"
    return new_issue_address(forge_of(context.edit_uri), subject, text)


def _lines(text: str) -> str:
    """Write the text of a message; its lines end as RFC 6068 says."""
    return quote(text.replace("\n", "\r\n"), safe="")
