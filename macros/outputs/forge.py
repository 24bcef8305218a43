"""Addresses on the forge, the web page of the repository: where a file is edited, and where a new one begins."""

from typing import NamedTuple
from urllib.parse import quote

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


def upload_address(forge: Forge, folder: str) -> str:
    """Give the address of the forge's page that takes a file from disk; empty where it is not known."""
    branch = quote(forge.branch)
    addresses = {
        GITHUB: f"{forge.base}/upload/{branch}/{folder}",
        GITLAB: f"{forge.base}/-/tree/{branch}/{folder}",  # whose menu + has it; it has no address of its own
        FORGEJO: f"{forge.base}/_upload/{branch}/{folder}",
    }
    return addresses.get(forge.kind, "")
