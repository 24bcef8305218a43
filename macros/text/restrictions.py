"""The rules of YAML that a file keeps; each is explained in plain words where it is broken."""

import re
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import yaml

from macros.text.messages import M_, NOTHING, Said
from macros.text.problem import Problem, kind
from macros.text.source import Source, Spot, spot_of
from macros.text.syntax_errors import backslash, explain

MAX_DEPTH = 10
OPENED = rf"(?<=[\[{{]{{{MAX_DEPTH - 1}}})[\[{{]"  # the first level is that of the file
BLANK = re.compile(r"\s*\Z")
DISK = re.compile(r"(?<=[A-Za-z]:)\\")
CUT = re.compile(r"[|>][-+0-9]*#|['\"\]}]#")


QUOTES_AROUND = M_("put quotes around the whole text")


def _would_be_lost(lost: str) -> Said:
    return M_('the text from "%(words)s" on would be lost', words=lost)


class Stop(Exception):
    """Reading cannot go on; the problem has been noted."""


class YamlRules:
    """Notes every problem of one file."""

    def __init__(self, source: Source):
        self.source = source
        self.lines = source.text.split("\n")
        # A # cuts text off in many ways; where no line has one, there is nothing to look for.
        marked = enumerate(self.lines) if "#" in source.text else ()
        self.marked = frozenset(number for number, line in marked if "#" in line)
        self.problems: list[Problem] = []

    def note(self, kind: str, sentence: Said, at: Spot, fix: Said = NOTHING, notes: Sequence[Said] = ()) -> None:
        """Note a problem at a place of the file."""
        self.problems.append(self.source.problem(kind, sentence, at, fix, notes))

    @kind("empty-file")
    def empty(self, at: Spot) -> None:
        """A file has at least one line of content.

        Write the answers into it or delete it.
        """
        self.note("empty-file", M_("the file is empty"), at, M_("write its first line, or delete the file"))

    @kind("no-names")
    def no_names(self, at: Spot) -> None:
        """A file consists of lines with a name, a colon, a space and a value.

        `title: Retinal cells` is such a line; without the space after the colon it is not.
        """
        line = self.lines[at.line - 1]
        space = re.match(r"[\w-]+:(?=\S)", line)
        fix = M_('write "%(name)s " with a space', name=space[0]) if space else M_('write "name: value"')
        self.note("no-names", M_("the file has no names with values"), at, fix)

    @kind("directive")
    def directives(self, start: Any) -> None:
        """A file holds no YAML directives.

        A first line such as `%YAML 1.1` changes how words are read. Delete it.
        """
        if start.version or start.tags:
            line = next((n for n, text in enumerate(self.lines, 1) if text.startswith("%")), 1)
            self.note("directive", M_("a line that begins with % is read as a command"), Spot(line, 1), M_("delete it"))
            raise Stop

    @kind("several-documents")
    def one_document(self, event: Any) -> None:
        """A file is one document.

        A line of three hyphens begins another one, which no page would show. Delete the line.
        """
        if not isinstance(event, yaml.StreamEndEvent):
            spot = spot_of(event)._replace(width=3)
            self.note("several-documents", M_("a second document begins here"), spot, M_("delete this line"))
            raise Stop

    @kind("anchor")
    def anchor(self, event: Any, at: Spot) -> None:
        """A value is written where it is used: no anchors (&name) and no aliases (*name).

        They copy values out of sight. If the text itself begins with & or *, put it in quotes.
        """
        mark = "*" if isinstance(event, yaml.AliasEvent) else "&"
        at = at._replace(width=1 + len(event.anchor))
        alone = BLANK.match(self.lines[at.line - 1], at.column - 1 + at.width)
        fix = M_("write the value itself") if mark == "*" or alone else QUOTES_AROUND
        sentence = M_('"%(word)s" is read as a link to another value', word=f"{mark}{event.anchor}")
        self.note("anchor", sentence, at, fix)

    @kind("tag")
    def tag(self, at: Spot) -> None:
        """A value is plain text: no tags (!name).

        Tags ask the reading program to do something with the value. If the text itself
        begins with an exclamation mark, put it in quotes.
        """
        self.note("tag", M_("a word that begins with ! is read as a command"), at, QUOTES_AROUND)

    @kind("too-deep")
    def too_deep(self, at: Spot) -> None:
        """A file is nested at most ten levels deep.

        Ours need five. Something has been pasted in that does not belong here.
        """
        sentence = M_("this is nested more than %(most)s levels deep", most=MAX_DEPTH)
        self.note("too-deep", sentence, at, M_("delete what does not belong here"))
        raise Stop

    @kind("duplicate-key")
    def duplicate(self, name: str, at: Spot, first: Spot) -> None:
        """A name is written once.

        If a name is there twice, most programs keep the last one without a message. Keep the right one.
        """
        earlier = M_("first written in line %(line)s", line=first.line)
        self.note("duplicate-key", M_('"%(name)s" is written twice', name=name), at, M_("keep one"), [earlier])

    @kind("name-not-text")
    def name_not_text(self, at: Spot) -> None:
        """A name before a colon is a word.

        A list, a group or nothing at all cannot be a name.
        """
        self.note("name-not-text", M_("a name is missing before the colon"), at, M_("write a word"))

    @kind("text-cut")
    def cut_text(self, event: Any) -> None:
        """Text with a # in it is written in quotes.

        YAML drops everything after a space and a #, so `Ward #3` is read as `Ward`. Put the
        text in quotes; or, for a comment, write two spaces before the # and one after it.
        """
        end = event.end_mark
        text, row = event.value, self.lines[end.line]
        rest = row[end.column :].rstrip("\r")
        if not re.match(r" #(?! *$)|\s+#[^\s#]| #$" if text else r"\s*#\S", rest):
            return
        mark = end.column + rest.index("#")
        lost = rest.strip()
        if text and re.fullmatch(r"[\w.-]+", text) and rest.lstrip().startswith("# "):
            fix = M_("for a comment, write two spaces before the #")
        else:
            fix = QUOTES_AROUND
        self.note("text-cut", _would_be_lost(lost), Spot(end.line + 1, mark + 1, len(lost)), fix)

    def cut_after(self, event: Any) -> None:
        """Note a # that touches a closing quote or bracket, or the sign of a block, and so cuts text off."""
        block = getattr(event, "style", None) in ("|", ">")
        mark = event.start_mark if block else event.end_mark
        line, column = mark.line, mark.column - (not block)
        row = self.lines[line] if line < len(self.lines) else ""
        if line in self.marked and column >= 0 and (match := CUT.match(row, column)):
            at = Spot(line + 1, match.end(), len(row.rstrip()) - match.end() + 1)
            lost = row[match.end() - 1 :].rstrip()
            self.note("text-cut", _would_be_lost(lost), at, QUOTES_AROUND)

    def escaped(self, at: Spot) -> None:
        """Note the path of a Windows computer, of which double quotes would make something else."""
        line, start = self.lines[at.line - 1], at.column - 1
        # What goes on below has no width here, and nothing behind it in its line.
        if match := DISK.search(line, start, start + at.width if at.width > 1 else len(line)):
            self.note("syntax", *backslash(Spot(at.line, match.start() + 1)))

    @kind("syntax")
    def syntax(self, error: yaml.YAMLError) -> None:
        """A file follows the few rules of YAML.

        Text that holds a colon and a space, or begins with one of { [ * & ! | > % @ `, is
        in quotes. Every quote and bracket that is opened is closed. Lines of one group begin
        in the same column.
        """
        mark = getattr(error, "problem_mark", None)
        opened = getattr(error, "context_mark", None)
        line = min(mark.line if mark else 0, len(self.lines) - 1)
        spot = Spot(line + 1, min(mark.column if mark else 0, len(self.lines[line])) + 1)
        begun = Spot(opened.line + 1, opened.column + 1) if opened else spot
        if any(cut.kind == "text-cut" and begun.line <= cut.line <= spot.line for cut in self.problems):
            return
        if "nesting" in str(error):  # from 0.2.6 on, libyaml looks ahead and gives up before our own limit is reached
            with suppress(Stop):
                self.too_deep(next((at for at, _ in self.source.matches(OPENED)), spot))
            return
        self.note("syntax", *explain(str(getattr(error, "problem", "")), self.lines, spot, begun))
