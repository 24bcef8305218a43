"""Addresses on the forge, the web page of the repository: where a file is edited, and where a new one begins."""

from typing import NamedTuple
from urllib.parse import quote

from macros.text.messages import N_

MISTAKE = N_("Something wrong")
ASKED = N_("What is wrong, and what should be written instead:")
LONGEST_ADDRESS = 6000  # characters; forges refuse longer ones with error 414

GITHUB, GITLAB, FORGEJO = "github", "gitlab", "forgejo"
EDIT_MARKS = {GITLAB: "/-/edit/", FORGEJO: "/_edit/", GITHUB: "/edit/"}


class Forge(NamedTuple):
    """The web page of the repository: `kind` is empty where it is not known."""

    kind: str
    base: str
    branch: str


def forge_of(edit_uri: str) -> Forge:
    """Recognise the forge by the form of `edit_uri` in mkdocs.yml, the address under which docs/ is edited."""
    for kind, mark in EDIT_MARKS.items():
        base, found, rest = edit_uri.rpartition(mark)
        if found and base.startswith(("https://", "http://")):
            branch, _, docs = rest.strip("/").rpartition("/")
            return Forge(kind, base, branch or docs)
    return Forge("", "", "")


def new_file_address(forge: Forge, path: str, text: str = "") -> str:
    """Give the address of the forge's page for a new file; empty where it is not known or would be too long.

    Only GitHub takes the text along; the others open an empty file of that name.
    """
    branch, path = quote(forge.branch), quote(path)
    value = f"&value={quote(text, safe='')}" if text else ""
    addresses = {
        GITHUB: f"{forge.base}/new/{branch}?filename={path}{value}",
        GITLAB: f"{forge.base}/-/new/{branch}?file_name={path}",
        FORGEJO: f"{forge.base}/_new/{branch}/?filename={path}",
    }
    address = addresses.get(forge.kind, "")
    return address if len(address) <= LONGEST_ADDRESS else ""


def new_issue_address(forge: Forge, title: str, text: str) -> str:
    """Give the address of the forge's page for a new issue, with title and text; empty where it is not known."""
    title, text = quote(title, safe=""), quote(text, safe="")
    addresses = {
        GITHUB: f"{forge.base}/issues/new?title={title}&body={text}",
        GITLAB: f"{forge.base}/-/issues/new?issue[title]={title}&issue[description]={text}",
        FORGEJO: f"{forge.base}/issues/new?title={title}&body={text}",
    }
    return addresses.get(forge.kind, "")


def mistake_address(forge: Forge, mailbox: str | None, title: str, address: str) -> str:
    """Give the address at which a reader reports a mistake: a message to the region's mailbox that names the place.

    Without a mailbox it is the forge's page for a new issue; empty where neither is known.

    Args:
        mailbox: Of the region.
        title: Of the page or item.
        address: Where it is.
    """
    subject, text = f"{MISTAKE}: {title}", f"{address}\n\n{ASKED}\n"
    if not mailbox:
        return new_issue_address(forge, subject, text)
    body = quote(text.replace("\n", "\r\n"), safe="")  # lines end as RFC 6068 says
    return f"mailto:{quote(mailbox, safe='@')}?subject={quote(subject, safe='')}&body={body}"


def upload_address(forge: Forge, folder: str) -> str:
    """Give the address of the forge's page that takes a file from disk; empty where it is not known."""
    branch = quote(forge.branch)
    addresses = {
        GITHUB: f"{forge.base}/upload/{branch}/{folder}",
        GITLAB: f"{forge.base}/-/tree/{branch}/{folder}",  # whose menu + has it; it has no address of its own
        FORGEJO: f"{forge.base}/_upload/{branch}/{folder}",
    }
    return addresses.get(forge.kind, "")
