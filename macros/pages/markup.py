"""What in a page or a picture could run or lead away by itself: scripts, frames, refreshes. Pure functions."""

import html
import re
from collections.abc import Iterator
from xml.parsers import expat  # no file with a DOCTYPE comes to it

from macros.pages.places import Places
from macros.text.characters import MOST
from macros.text.messages import M_, NOTHING, Said
from macros.text.problem import Problem, kind
from macros.text.source import Source

FENCE = re.compile(r" {0,3}(```+|~~~+)")
IN_LINE = re.compile(r"(?<!`)(`{1,3})(?!`)[^`\n]+\1(?!`)")
TAG = (
    "script|iframe|frame|frameset|object|embed|applet|base|link|style|form|portal|animate|animatetransform|set"
    "|foreignobject|use"
)
RUNS_A_SCRIPT = M_("an attribute that runs a script")
RUNNING = [
    (M_("an element that is not allowed in pages"), re.compile(rf"<\s*(?:{TAG})(?![\w-])", re.IGNORECASE)),
    (M_("a refresh that leads away from the page"), re.compile(r"<\s*meta(?![\w-])", re.IGNORECASE)),
    (RUNS_A_SCRIPT, re.compile(r"<[a-z][^<>]{0,1000}?[\s\"'/]on[a-z]{3,30}\s*=", re.IGNORECASE)),
    (RUNS_A_SCRIPT, re.compile(r"\{:?[^{}\n]{0,300}?[\s{:]on[a-z]{3,30}\s*=", re.IGNORECASE)),
]
TARGET = re.compile(
    r"\]\(\s*<?([^)>\n]{1,2000})|^ {0,3}\[[^\]\n]{1,200}\]:\s*<?(\S{1,2000})|<([a-z][a-z0-9+.-]{1,30}:[^>\n]{1,2000})>"
    r"""|(?:href|src|srcset|action|formaction|data|poster|background)\s*=\s*("[^"]{0,2000}"|'[^']{0,2000}'|[^\s"'>]{1,2000})""",
    re.IGNORECASE | re.MULTILINE,
)
SCHEME = re.compile(r"(?:javascript|vbscript|data|blob|filesystem):", re.IGNORECASE)
TAKE_OUT = M_("take it out; pages are text, and what moves or counts on them is made from data")


@kind("runs-in-a-page")
def running(source: Source) -> Iterator[Problem]:
    """A page holds text, links and pictures: no script, frame, form, style or refresh, and no `javascript:` link.

    To show such a word, put it between backticks, as code.
    """
    text = _without_code(source.text)
    found = [(match.start(), what) for what, pattern in RUNNING for match in pattern.finditer(text)]
    for match in TARGET.finditer(text):
        group = match.lastindex or 0
        address = re.sub(r"[\x00-\x20]", "", html.unescape(match[group].strip("\"'")))
        if SCHEME.match(address):
            found.append((match.start(group), M_("a link that runs a script or holds its own page")))
    places = Places(text)
    for at, what in sorted(set(found))[:MOST]:
        yield source.problem("runs-in-a-page", M_("there is %(what)s here", what=what), places.of(at), TAKE_OUT)


def _without_code(text: str) -> str:
    """Strike out what is shown as code, so that everything else keeps its place."""
    lines, fence = [], ""
    for line in text.split("\n"):
        mark = FENCE.match(line)
        inside = bool(fence)
        if mark and not fence:
            fence = mark[1]
        elif mark and mark[1].startswith(fence) and not line[mark.end() :].strip():
            fence = ""
        code = inside or fence
        lines.append(" " * len(line) if code else IN_LINE.sub(lambda found: " " * len(found[0]), line))
    return "\n".join(lines)


RUNS = frozenset(
    [
        "html",
        "htm",
        "xhtml",
        "xht",
        "shtml",
        "mht",
        "mhtml",
        "xml",
        "xsl",
        "xslt",
        "svgz",
        "js",
        "mjs",
        "cjs",
        "wasm",
        "swf",
        "hta",
        "jar",
        "php",
    ]
)
"""Ends of names of files that a browser may run."""

DENIED = frozenset(
    [
        "script",
        "foreignobject",
        "iframe",
        "embed",
        "object",
        "audio",
        "video",
        "handler",
        "animate",
        "set",
        "discard",
        "image2",
    ]
)
RASTER = re.compile(r"#|data:image/(?:png|jpeg|gif|webp|avif);base64,")
FROM_ELSEWHERE = M_("this picture loads something from elsewhere")
OUTSIDE = re.compile(r"@import|url\(\s*[\"']?(?!#)|expression\(|behavior:", re.IGNORECASE)


@kind("runs-in-an-asset")
def running_asset(source: Source) -> Iterator[Problem]:
    """A file among the assets cannot run on the site: no HTML, no scripts, and no SVG picture that holds a script.

    Such a file would run with the rights of the site as soon as somebody opens its address. Save a picture as plain
    SVG or as PNG, and write what an HTML file says as a page in `region/pages/`.
    """
    end = source.file.rpartition(".")[2].lower()
    if end in RUNS:
        fix = M_("save it as a page in Markdown, or as a picture")
        yield Problem(source.file, 0, 0, "runs-in-an-asset", M_("a file of this kind can run on the site"), fix)
    elif end == "svg":
        yield from _in_picture(source)


def _in_picture(source: Source) -> Iterator[Problem]:
    """Find what in an SVG picture could run or load something from elsewhere."""
    if re.search(r"<!(?:DOCTYPE|ENTITY)|<\?xml-stylesheet", source.text, re.IGNORECASE):
        yield _of_picture(source, 0, M_("this picture has a declaration that may hide what it is"))
        return
    found: list[tuple[int, Said]] = []
    reader = expat.ParserCreate(namespace_separator="|")

    def begins(name: str, attributes: dict[str, str]) -> None:
        element = name.rpartition("|")[2].lower()
        if element in DENIED:
            found.append((reader.CurrentLineNumber, M_('"%(element)s" can run in a picture', element=element)))
        for word, value in attributes.items():
            if sentence := _attribute(word.rpartition("|")[2].lower(), value, element):
                found.append((reader.CurrentLineNumber, sentence))

    def says(text: str) -> None:
        if OUTSIDE.search(text):
            found.append((reader.CurrentLineNumber, FROM_ELSEWHERE))

    reader.StartElementHandler, reader.CharacterDataHandler = begins, says
    reader.buffer_text = True
    try:
        reader.Parse(source.text.removeprefix("\ufeff"), True)  # the last piece
    except expat.ExpatError as error:
        found.append((error.lineno, M_("this picture cannot be read as SVG")))
    for line, sentence in dict.fromkeys(found):
        yield _of_picture(source, line, sentence)


def _attribute(word: str, value: str, element: str) -> Said:
    """Say what is wrong with an attribute of a picture; empty for nothing."""
    if word.startswith("on"):
        return M_('"%(word)s" runs a script', word=word)
    outside = OUTSIDE.search(value)
    link = word in ("href", "src") and not RASTER.match(value.strip())
    if link and element == "a" and re.match(r"https?://", value.strip()):
        link = False
    return FROM_ELSEWHERE if outside or link else NOTHING


def _of_picture(source: Source, line: int, sentence: Said) -> Problem:
    return Problem(source.file, line, int(line > 0), "runs-in-an-asset", sentence, M_("save it as plain SVG or as PNG"))
