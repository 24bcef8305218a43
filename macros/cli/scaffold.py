"""First files of a region, in a fork or in a repository of its own."""

from __future__ import annotations

import json
import re

from macros.text.slugs import as_word, web_address

REGION_FILE = """\
# yaml-language-server: $schema={up}docs/schema/v1/region.json
# Whose Navigator this is. Every name below may be changed; what is left out keeps the shared setting.
name: {name}
site:
  name: {site}
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
# The version of the shared handbook that this repository is built with, and the commit that it must be.
repository: {repository}
version: {version}
commit: {commit}
"""

MAKEFILE = """\
# What is ours stands here; the handbook itself is fetched at the version named in region/upstream.yml.

said = $(shell sed -n 's/^$(1): *"*\\([^ "]*\\).*/\\1/p' $(2))
REPOSITORY := $(call said,repository,region/upstream.yml)
VERSION := $(call said,version,region/upstream.yml)
COMMIT := $(call said,commit,region/upstream.yml)
FROM ?= $(call said,edition,region/overlay.yml)
INSIDE := $(MAKE) --no-print-directory -C .navigator
export NAVIGATOR_HOME := $(CURDIR)

.PHONY: help serve build check report run ready

help:
\t@echo "make serve    show the site at http://127.0.0.1:8000, live"
\t@echo "make build    write the site to .navigator/site/, strictly"
\t@echo "make check    look for problems"
\t@echo "make report   say what an upgrade asks of you, since the edition you last reviewed, or FROM=v2026.1"
\t@echo "make run DO='adapt --all'   run any other command"

serve build check: .navigator/$(COMMIT)
\t@$(INSIDE) $@

report: ready
\t@git -C .navigator rev-parse --verify --quiet "$(FROM)^{commit}" > /dev/null || \\
\t  git -C .navigator fetch --quiet --depth 1 "$(REPOSITORY)" "refs/tags/$(FROM):refs/tags/$(FROM)"
\t@cd .navigator && .venv/bin/python -m macros upstream "$(FROM)"

run: ready
\t@cd .navigator && .venv/bin/python -m macros $(DO)

ready: .navigator/$(COMMIT)
\t@$(INSIDE) .venv/ready

# Nothing is built from another commit than the one that was read and named.
.navigator/$(COMMIT): region/upstream.yml
\tgit init --quiet .navigator
\tgit -C .navigator fetch --quiet --depth 1 "$(REPOSITORY)" "$(VERSION)"
\t@found="$$(git -C .navigator rev-parse 'FETCH_HEAD^{commit}')"; test "$$found" = "$(COMMIT)" || \\
\t  { echo "$(VERSION) is commit $$found; region/upstream.yml says $(COMMIT)." >&2; exit 1; }
\tgit -C .navigator checkout --quiet --force FETCH_HEAD
\tgit -C .navigator clean --quiet -dffx --exclude=.venv
\t@touch $@
"""


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
    values = {
        "name": json.dumps(name, ensure_ascii=False),
        "site": json.dumps(f"{name} Navigator", ensure_ascii=False),
        "prefix": prefix,
        "edition": edition,
        "address": address,
        "country": f"country: {country}" if country else "# country: sweden",
        "up": "../.navigator/" if thin else "../",
    }
    # A name is data: what Markdown, HTML or a template would read as a mark is written as an entity.
    plain = re.sub(r"[^\w .,'-]|_", lambda mark: f"&#{ord(mark[0])};", " ".join(name.split()))
    return {
        "region/region.yml": REGION_FILE.format(**values),
        "region/overlay.yml": OVERLAY_FILE.format(**values),
        "region/pages/index.md": INDEX_PAGE.format(name=plain),
    }


def thin_files(repository: str, version: str, commit: str) -> dict[str, str]:
    """Write what a thin repository has besides: path → text.

    Raises:
        ValueError: a plain sentence, when the address cannot stand in a file that make reads.
    """
    if re.search(r"[\s\"'$#`\\\\]", repository):
        raise ValueError(f'"{repository}" cannot be used as an address: it has a space or a mark in it.')
    return {
        "Makefile": MAKEFILE,
        ".gitignore": ".navigator/\n",
        "region/upstream.yml": UPSTREAM_FILE.format(repository=repository, version=version, commit=commit),
        "projects/.gitkeep": "",
    }
