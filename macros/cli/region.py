"""`python -m macros region init | layer | guard`: start a region or a layer, or look for edits of upstream's files."""

import json
import os
import re
from argparse import ArgumentParser, Namespace
from pathlib import Path
from secrets import token_hex

from macros.changes.git import edited, git
from macros.cli.command import Place, politely
from macros.edit.write import write_whole
from macros.load.handbook import shared
from macros.load.layers import COUNTRIES, LAYERS
from macros.text.report import printable
from macros.text.slugs import as_word, web_address

SCAFFOLD = Path(__file__).with_name("scaffold")
UPSTREAM = "region/upstream.yml"
FORGES: dict[str, dict[str, str]] = {
    "github": {
        **{
            f".github/workflows/{name}.yml": f"github/{name}.yml" for name in ("check", "comment", "edition", "nightly")
        },
        ".github/workflows/publish.yml": "github/publish.yml",
        ".github/dependabot.yml": "github/dependabot.yml",
    },
    "gitlab": {".gitlab-ci.yml": "gitlab/gitlab-ci.yml"},
    "forgejo": {f".forgejo/workflows/{name}.yml": f"forgejo/{name}.yml" for name in ("comment", "navigator")},
}
"""Forge → the workflows of a thin repository there: path → file of the scaffold."""

IN_A_FORK = ("forgejo",)
"""Forges whose workflows a fork does not have already."""

NO_COUNTRY = "# country: sweden"


def declare(parser: ArgumentParser) -> None:
    commands = parser.add_subparsers(dest="what", required=True)
    init = commands.add_parser("init", help="write the first files of a region")
    init.add_argument("name", metavar="NAME")
    init.add_argument("--address", default="", help="of the site: https://…/")
    init.add_argument("--country", default="", help="a layer of checklists/countries/")
    init.add_argument("--thin", metavar="FOLDER", help="start a thin repository there, not a fork")
    init.add_argument("--forge", choices=FORGES, help="write the workflows for this forge")
    init.add_argument("--upstream", default="", metavar="ADDRESS", help="where a thin repository fetches from")
    layer = commands.add_parser("layer", help="write the first lines of a layer, such as that of your country")
    layer.add_argument("name", metavar="NAME")
    guard = commands.add_parser("guard", help="name upstream files that were edited")
    hint = "of upstream, such as upstream/main; left out: the branch that mkdocs.yml names is fetched"
    guard.add_argument("upstream", metavar="REVISION", nargs="?", default="", help=hint)


@politely
def run(chosen: Namespace, place: Place) -> int:
    return {"init": _init, "layer": _layer, "guard": _guard}[chosen.what](chosen, place)


def _init(chosen: Namespace, place: Place) -> int:
    """Write the first files of a region; nothing is written when one of them exists."""
    root = place.root
    handbook = shared(root)
    countries = sorted(path.stem for path in (root / COUNTRIES).glob("*.yml"))
    if chosen.country and chosen.country not in countries:
        known = f"There is: {', '.join(countries)}." if countries else "There is none yet."
        known += " Leave it out, and write one later: region layer NAME."
        raise ValueError(f'There is no layer for "{chosen.country}" in {COUNTRIES}/. {known}')
    target = _folder(chosen.thin) if chosen.thin else place.home
    files = first_files(chosen.name, handbook.frame.edition, chosen.address, chosen.country, thin=bool(chosen.thin))
    if chosen.thin:
        files |= thin_files(*_upstream(root, chosen.upstream)) | workflows(chosen.forge)
    elif chosen.forge in IN_A_FORK:
        files |= {path: text.replace(".navigator/", "") for path, text in workflows(chosen.forge).items()}
    elif chosen.forge:
        raise ValueError("A fork has the workflows for this forge already. Leave --forge out.")
    if there := [path for path in files if os.path.lexists(target / path)]:
        raise ValueError(f"{there[0]} exists already; nothing was written.")
    _write_all(target, files)
    print(*(f"{path} is written." for path in files), sep="\n")
    return 0


def _layer(chosen: Namespace, place: Place) -> int:
    """Write the first lines of a layer of a region's own; an existing one stays as it is."""
    word = as_word(chosen.name)
    if not word or word == "region" or not chosen.name.isprintable():
        raise ValueError(f'"{chosen.name}" gives no name for a layer. Write the name of a country in letters A to Z.')
    file = f"{LAYERS}/{word}.yml"
    if os.path.lexists(place.home / file):
        raise ValueError(f"{file} exists already; nothing was written.")
    up = "../../" if place.home == place.root else "../../.navigator/"
    title, edition = json.dumps(chosen.name, ensure_ascii=False), shared(place.root).frame.edition
    text = _filled("layer.yml", up=up, title=title, prefix=word, edition=edition)
    write_whole(place.home / file, text.encode(), new=True)
    print(f'{file} is written. Write "country: {word}" in region/region.yml, or "layers: [{word}]".')
    return 0


def _folder(name: str) -> Path:
    try:
        return Path(name).expanduser()
    except RuntimeError:
        raise ValueError(f'"{name}" names the folder of a user whom this machine does not know.') from None


def _write_all(target: Path, files: dict[str, str]) -> None:
    """Write new files; where one of them cannot be written, those before it are taken back."""
    written: list[Path] = []
    try:
        for path, text in files.items():
            write_whole(target / path, text.encode(), new=True)
            written.append(target / path)
    except BaseException:
        for file in written:
            file.unlink()
        raise


def _upstream(root: Path, address: str) -> tuple[str, str, str]:
    """Return the address that the shared handbook is fetched from, the version here, and its commit."""
    commit = _git_output(root, "rev-parse", "HEAD")
    remotes = (_git_output(root, "remote", "get-url", name) for name in ("upstream", "origin"))
    address = address or next(filter(None, remotes), "")
    if not commit:
        raise ValueError("This is not a Git repository, so nobody could fetch its version. Start in a clone.")
    if not address:
        raise ValueError("Say where the shared handbook is fetched from: --upstream ADDRESS.")
    version = _git_output(root, "describe", "--tags", "--exact-match", "--match", "v[0-9]*")
    return address, version or commit, commit


def _git_output(root: Path, *arguments: str) -> str:
    return (git(root, *arguments) or b"").decode().strip()


def _guard(chosen: Namespace, place: Place) -> int:
    """Name upstream files that the repository has edited; 1 if there is one."""
    if (place.home / UPSTREAM).is_file():
        print(f"A thin repository holds no file of upstream; it names a version in {UPSTREAM}.")
        return 0
    touched, added = edited(place.home, chosen.upstream or _fetched(place.root))
    for path in touched:
        print(f"{printable(path)} belongs to upstream and was edited here: the next upgrade may stop at it.")
    for path in added:
        print(f"{printable(path)} lies where upstream may put a file of its own; region/ is the safe place.")
    if not touched:
        print("No file of upstream was edited.")
    return 1 if touched else 0


def _fetched(root: Path) -> str:
    """Fetch the branch of the shared handbook that `edit_uri` in mkdocs.yml names; returns its revision.

    Raises:
        ValueError: a plain sentence, when that cannot be done.
    """
    from macros.outputs.forge import forge_of

    named = re.search(r"(?m)^edit_uri: (\S+)$", (root / "mkdocs.yml").read_text("utf-8"))
    forge = forge_of(named[1] if named else "")
    if not forge.base or git(root, "fetch", "--quiet", "--no-tags", "--", forge.base, forge.branch) is None:
        at = f" at {forge.base}" if forge.base else ""
        raise ValueError(f"The shared handbook{at} cannot be fetched. Name a revision of it, such as upstream/main.")
    return "FETCH_HEAD"


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
    identity = f"{prefix[:35].rstrip('-')}-{token_hex(6)}"
    region = _filled("region.yml", up=up, name=quoted, site=site, address=address, identity=identity)
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


def workflows(forge: str | None) -> dict[str, str]:
    """Write what a thin repository runs on its forge: path → text; nothing where none is named."""
    return {path: (SCAFFOLD / file).read_text("utf-8") for path, file in FORGES.get(forge or "", {}).items()}


def _filled(file: str, **values: str) -> str:
    """Read a file of the scaffold and put values in place of `__NAME__` and the like, all at once."""
    text = (SCAFFOLD / file).read_text("utf-8")
    return re.sub(r"__([A-Z]+)__", lambda mark: values[mark[1].lower()], text)
