"""First files of a region, and the guard that says whether it has edited what upstream ships."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from macros.revisions import git
from macros.words import as_word

REGION_FILE = """\
# yaml-language-server: $schema={up}docs/schema/v1/region.json
# Whose Navigator this is. Every name below may be changed; what is left out keeps the shared setting.
name: {name}
site:
  name: {name} Navigator
  address: {address}
# Where the repository is: kind is github, gitlab or forgejo.
# forge: {{kind: github, address: https://github.com/…, branch: main}}
# The site's colour; white text must be readable on it.
# colour: "#184e3a"
# A layer of checklists/countries/.
{country}
# Who each partner is here: units and roles, never persons.
contacts: {{}}
# What the region already has. Items under "provides" are inherited by every project.
facilities: {{}}
"""

OVERLAY_FILE = """\
# yaml-language-server: $schema={up}docs/schema/v1/overlay.json
# What differs from the shared checklists, each entry with its reason (because).
prefix: {prefix}
edition: {edition}
# Items of your own; their names begin with "{prefix}-".
add: {{}}
# Owner, supports, lead time, a gate, further conditions, notes, sources of shared items.
change: {{}}
# Items that are not used here.
waive: {{}}
"""

INDEX_PAGE = """\
# About this Navigator

This is the Navigator of {name}. It uses the shared handbook and adds what is true here.

- [Who is who, and what is here](set-up.md)
- [What differs here](differences.md)
"""

UPSTREAM_FILE = """\
# The version of the shared handbook that this repository is built with.
repository: {repository}
version: {version}
commit: {commit}
"""

MAKEFILE = """\
# What is ours stands here; the handbook itself is fetched at the version named in region/upstream.yml.

REPOSITORY := $(shell sed -n 's/^repository: *//p' region/upstream.yml)
VERSION := $(shell sed -n 's/^version: *//p' region/upstream.yml)
COMMIT := $(shell sed -n 's/^commit: *//p' region/upstream.yml)
export NAVIGATOR_HOME := $(CURDIR)

.PHONY: help serve build check

help:
\t@echo "make serve   show the site at http://127.0.0.1:8000, live"
\t@echo "make build   write the site to .navigator/site/, strictly"
\t@echo "make check   look for problems"

serve build check: .navigator/$(COMMIT)
\t$(MAKE) -C .navigator $@

.navigator/$(COMMIT): region/upstream.yml
\trm -rf .navigator
\tgit init --quiet .navigator
\tgit -C .navigator fetch --quiet --depth 1 "$(REPOSITORY)" "$(VERSION)"
\ttest "$$(git -C .navigator rev-parse 'FETCH_HEAD^{commit}')" = "$(COMMIT)"
\tgit -C .navigator checkout --quiet FETCH_HEAD
\ttouch $@
"""


def first_files(name: str, edition: str, address: str, country: str, *, thin: bool = False) -> dict[str, str]:
    """Write the first files of a region: path → text.

    Args:
        thin: For a repository of its own that fetches the shared handbook, not a fork.

    Raises:
        ValueError: a plain sentence, when the name has no letters that an address can hold.
    """
    prefix = as_word(name)
    if not prefix or not name.isprintable() or any(mark in name for mark in ":#\"'{}[]"):
        raise ValueError(f'"{name}" cannot be the name of a region. Write letters, digits and spaces only.')
    country_line = f"country: {country}" if country else "# country: sweden"
    values = {
        "name": name,
        "prefix": prefix,
        "edition": edition,
        "address": address or f"https://{prefix}.example.org/",
        "country": country_line,
        "up": "../.navigator/" if thin else "../",
    }
    return {
        "region/region.yml": REGION_FILE.format(**values),
        "region/overlay.yml": OVERLAY_FILE.format(**values),
        "region/pages/index.md": INDEX_PAGE.format(**values),
    }


def thin_files(repository: str, version: str, commit: str) -> dict[str, str]:
    """Write what a thin repository has besides: path → text."""
    return {
        "Makefile": MAKEFILE,
        ".gitignore": ".navigator/\n",
        "region/upstream.yml": UPSTREAM_FILE.format(repository=repository, version=version, commit=commit),
        "projects/.gitkeep": "",
    }


def edited(root: Path, upstream: str) -> tuple[list[str], list[str]]:
    """Compare a region's repository with the upstream it has last merged.

    Args:
        upstream: A revision of upstream, such as `upstream/main`.

    Returns:
        Files that upstream ships and the region has edited or deleted; files it has added where upstream may add
        some one day.

    Raises:
        ValueError: a plain sentence, when Git does not know the revision or the two have nothing in common.
    """
    base = git(root, "merge-base", "HEAD", upstream)
    if base is None:
        raise ValueError(f'Git finds nothing that this repository has in common with "{upstream}".')
    listed = git(root, "diff", "--name-status", "--no-renames", "-z", base.decode().strip(), "HEAD") or b""
    parts = listed.decode("utf-8", "replace").split("\0")[:-1]
    changes = list(zip(parts[::2], parts[1::2], strict=True))
    touched = [path for status, path in changes if status != "A"]
    added = [path for status, path in changes if status == "A" and not _is_own(path)]
    return touched, added


def _is_own(path: str) -> bool:
    """Say whether a file lies where only a region puts files."""
    parts = PurePosixPath(path).parts
    own_workflow = parts[:2] == (".github", "workflows") and parts[-1].startswith("region-")
    return parts[0] in ("region", "projects") or own_workflow
