"""First files of a region, in a fork or in a repository of its own: `scaffold/`, with names filled in."""

import json
import re
from pathlib import Path

from macros.text.slugs import as_word, web_address

SCAFFOLD = Path(__file__).with_name("scaffold")
UPSTREAM = "region/upstream.yml"
NO_COUNTRY = "# country: sweden"


def first_files(name: str, edition: str, address: str, country: str, *, thin: bool = False) -> dict[str, str]:
    """Write the first files of a region: path → text.

    Args:
        address: Where the site will be; made up where it is empty.
        thin: For a repository of its own that fetches the shared handbook, not a fork.

    Raises:
        ValueError: a plain sentence, when the name or the address cannot be used.
    """
    prefix = as_word(name)
    if not prefix or not name.isprintable():
        hint = "Write it in letters from A to Z here; region.yml can say it in your own."
        raise ValueError(f'"{name}" gives no name for addresses: at most 48 letters, digits and spaces. {hint}')
    address = f"{(address or f'https://{prefix}.example.org').rstrip('/')}/"
    if not web_address(address):
        raise ValueError(f'"{address}" is not an address. Write it as https://…/')
    quoted, site = (json.dumps(text, ensure_ascii=False) for text in (name, f"{name} Navigator"))
    up = "../.navigator/" if thin else "../"
    # A name is data: what Markdown, HTML or a template would read as a mark is written as an entity.
    plain = re.sub(r"[^\w .,'-]|_", lambda mark: f"&#{ord(mark[0])};", " ".join(name.split()))
    region = _filled("region.yml", up=up, name=quoted, site=site, address=address)
    return {
        "region/region.yml": region.replace(NO_COUNTRY, f"country: {country}", 1) if country else region,
        "region/overlay.yml": _filled("overlay.yml", up=up, prefix=prefix, edition=edition),
        "region/pages/index.md": _filled("index.md", name=plain),
    }


def thin_files(repository: str, version: str, commit: str) -> dict[str, str]:
    """Write what a thin repository has besides: path → text.

    Raises:
        ValueError: a plain sentence, when the address cannot stand in a file that make reads.
    """
    if re.search(r"[\s\"'$#`\\\\]", repository):
        raise ValueError(f'"{repository}" cannot be used as an address: it has a space or a mark in it.')
    return {
        "Makefile": _filled("Makefile"),
        ".gitignore": ".navigator/\n",
        UPSTREAM: _filled("upstream.yml", repository=repository, version=version, commit=commit),
        "projects/.gitkeep": "",
    }


def _filled(file: str, **values: str) -> str:
    """Read a file of the scaffold and put values in place of `__NAME__` and the like, all at once."""
    text = (SCAFFOLD / file).read_text("utf-8")
    return re.sub(r"__([A-Z]+)__", lambda mark: values[mark[1].lower()], text)
