"""Status files with seeded mistakes, and a judge of what `check --fix` made of them that knows nothing of its code.

`python -m tests.support.mutations 20000` tries many; the tests try a few hundred.
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from collections.abc import Callable
from datetime import date
from itertools import permutations

from macros.load.autofix import by_itself, mend
from macros.text.reader import read
from tests.support.paths import HANDBOOK, ROOT

FILE = "projects/x.yml"
REAL = [path.read_text("utf-8") for path in sorted((ROOT / "projects").glob("*.yml"))]
SMALL = (HANDBOOK / "projects/retina.yml").read_text("utf-8")

PROMISED = {
    "met": "yes done true completed complete finished fulfilled ok ✓ ✔ ☑ ✅ ja klar klart klara uppfylld uppfyllt"
    " färdig färdigt slutförd slutfört avklarad avklarat opfyldt afsluttet gennemført oppfylt ferdig fullført avsluttet"
    " erfüllt erledigt fertig abgeschlossen sí si hecho hecha cumplido cumplida completado completada terminado"
    " terminada oui fait faite rempli remplie terminé terminée achevé achevée",
    "in-progress": "partial partly ongoing started begun doing under-way underway pågår pågående påbörjad påbörjat"
    " delvis igång i-gang igang igangværende påbegyndt undervejs delvist påbegynt underveis in-arbeit in-bearbeitung"
    " laufend läuft begonnen teilweise en-curso en-proceso en-marcha iniciado iniciada parcial en-cours commencé"
    " commencée partiel partielle partiellement",
    "not-met": "no false unmet not-yet not-started not-begun not-fulfilled ✗ ✘ ☒ ❌ nej ej-uppfylld ej-uppfyllt"
    " inte-uppfylld inte-uppfyllt ouppfyllt ej-påbörjad ej-påbörjat inte-påbörjad inte-påbörjat ikke-opfyldt"
    " ikke-påbegyndt nei ikke-oppfylt ikke-påbegynt nein nicht-erfüllt unerfüllt nicht-begonnen no-cumplido"
    " no-cumplida no-iniciado no-iniciada non non-rempli non-remplie pas-rempli pas-remplie pas-commencé non-commencé",
}
DENIED = (
    "umet un-met no-progress ej-met no-met nomet nmet never-met not-mett inte-klar ej-klar ikke-ferdig nicht-fertig"
)
DENIED += " kein-met sin-met pas-met met-not not-in-progress no-in-progress unprogress inprogress-not ikke-klar uklar"
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()  # noqa: SIM905
OTHER_MONTHS = {"maj": 5, "mai": 5, "mär": 3, "okt": 10, "dez": 12, "des": 12, "ene": 1, "abr": 4, "ago": 8, "dic": 12}
OTHER_MONTHS |= {"fév": 2, "avr": 4, "aoû": 8, "déc": 12}
MEANT = {word: status for status, words in PROMISED.items() for word in words.split()}
WIDE = "\u00a0\u2009\u202f"

# --- mistakes ---


def _status(rng: random.Random, text: str) -> str:
    word = rng.choice([*MEANT, *MEANT, *DENIED.split(), *DENIED.split(), "half", "na", "unknown", "mett", "in-progres"])
    if rng.random() < 0.3:
        at = rng.randrange(len(word) + 1)
        word = word[:at] + rng.choice(["", "x", "n", "-", " ", "un"]) + word[at + rng.randrange(2) :]
    word = rng.choice([word, word, word.replace("-", " "), word.capitalize(), word.upper(), f'"{word}"', f" {word}"])
    return _replaced(rng, text, r"(?<=[: ])(?:met|in-progress|not-met)(?=[,}\n])", lambda _: word)


def _date(rng: random.Random, text: str) -> str:
    def written(match: re.Match[str]) -> str:
        year, month, *rest = match[0].split("-")
        day = rest[0] if rest else rng.choice(["5", "14", "31"])
        word = rng.choice(["March", "mars", "März", "enero", "août", "okt", "Dec.", "maj", "sept"])
        forms = [f"{day}/{month}/{year}", f"{month}/{day}/{year}", f"{day}.{month}.{year}", f"{year}/{month}/{day}"]
        forms += [
            f"{year}-{int(month)}-{int(day)}",
            f"{year}\u2013{month}\u2013{day}",
            f"{word} {year}",
            match[0] + "-01",
        ]
        forms += [
            f"{day} {word} {year}",
            f"{word} {day} {year}",
            f"{month}/{year}",
            f"ca. {word} {year}",
            f"{year}{month}",
        ]
        forms += [f"{day}-{month}-{year[2:]}", f"{year}-{day}-{month}", f"{month}-{year}", f"before {match[0]}", year]
        return rng.choice(forms)

    return _replaced(rng, text, r"\b20\d\d-\d\d(?:-\d\d)?\b", written)


def _case(rng: random.Random, text: str) -> str:
    change: Callable[[str], str] = rng.choice(
        [str.upper, str.capitalize, lambda word: word.replace("-", "_"), lambda word: word.replace("-", " ")]
    )
    return _replaced(rng, text, r"(?<=[ {\n])[a-z][a-z-]+(?=:)", lambda match: str(change(match[0])))


def _spaces(rng: random.Random, text: str) -> str:
    changes: list[tuple[str, Callable[[re.Match[str]], str]]] = [
        (r"(?<=:) (?=\S)", lambda _: ""),
        (r"(?<=:) (?=\S)", lambda _: rng.choice(WIDE)),
        (r"(?<=:) (?=\S)", lambda _: "\t"),
        (r"(?<=\n) +(?=\S)", lambda match: "\t" * rng.randrange(1, 1 + len(match[0]))),
        (r"(?<=\n) +(?=\S)", lambda match: rng.choice(WIDE) * len(match[0])),
        (r"(?<=\n) +(?=\S)", lambda match: match[0] + rng.choice(["\t", " ", "  ", WIDE[0]])),
        (r"(?=\n)", lambda _: rng.choice([" ", "  ", "\t"])),
        (r" (?=[a-z])", lambda _: rng.choice(["\t", WIDE[0], "  "])),
    ]
    pattern, new = rng.choice(changes)
    return _replaced(rng, text, pattern, new)


def _letters(rng: random.Random, text: str) -> str:
    at = rng.randrange(len(text) + 1)
    new: str = rng.choice(["", "", *"{}[],:#&*!|>'\"%@`-?~=\\ \n\t", "un", "not ", "no-", "\r\n", "- ", "a: b"])
    return text[:at] + new + text[at + rng.randrange(4) :]


def _lines(rng: random.Random, text: str) -> str:
    lines = text.split("\n")
    at = rng.randrange(len(lines))
    lines[at : at + 1] = rng.choice(
        [[], [lines[at], lines[at]], [" " + lines[at]], [lines[at].lstrip()], ["\t" + lines[at]]]
    )
    return "\n".join(lines)


MISTAKES = [_status, _status, _date, _date, _case, _spaces, _spaces, _letters, _lines]


def _replaced(rng: random.Random, text: str, pattern: str, new: Callable[[re.Match[str]], str]) -> str:
    places = list(re.finditer(pattern, text))
    if not places:
        return text
    place = rng.choice(places)
    return text[: place.start()] + new(place) + text[place.end() :]


def spoilt(number: int) -> str:
    """Make the file of this number: the same each time."""
    rng = random.Random(number)
    text = rng.choice(REAL) if number % 20 == 0 else SMALL
    for _ in range(rng.randrange(1, 5)):
        text = rng.choice(MISTAKES)(rng, text)
    return text.replace("\n", "\r\n") if number % 17 == 0 else text


# --- the judge ---


def judged(number: int) -> list[str]:
    """Mend a file and list what kinds of mends were made; fails where one is not among those that are promised."""
    before = spoilt(number)
    mended = mend(FILE, before)
    again = mend(FILE, mended.text)
    assert again.text == mended.text, (number, "mended twice")
    old, new = before.split("\n"), mended.text.split("\n")
    assert len(old) == len(new), number
    told: dict[int, list[tuple[str, str]]] = {}
    for sentence in mended.done:
        line, rest = re.fullmatch(r"line (\d+): (.*)", sentence, re.DOTALL).groups()  # type: ignore[union-attr]
        pair = re.fullmatch(r'"(.*)" for "(.*)"', rest, re.DOTALL)
        told.setdefault(int(line), []).extend([(pair[2], pair[1])] if pair else [])
    kinds = []
    for line, (was, now) in enumerate(zip(old, new, strict=True), 1):
        if was == now:
            continue
        assert line in told, (number, line, "not told")
        pairs = [(_without_spaces(wrong), _without_spaces(right)) for wrong, right in told[line]]
        assert _reaches(_without_spaces(was), pairs, _without_spaces(now)), (number, was, now)
        kinds += [_certain(number, wrong, right) for wrong, right in told[line]]
        if _words(was) != _words(now):
            kinds.append("spaces")
    if not _unreadable(before):
        assert not _unreadable(mended.text), (number, "no longer readable")
    assert len(by_itself(FILE, mended.text)) <= len(by_itself(FILE, before)) or _unreadable(before), number
    return kinds


def _reaches(text: str, pairs: list[tuple[str, str]], wanted: str) -> bool:
    """Say whether replacing each of the words once, wherever it is, gives the text that is wanted."""
    if not pairs:
        return text == wanted
    (wrong, right), *rest = pairs
    places = [match.start() for match in re.finditer(f"(?={re.escape(wrong)})", text)]
    return any(_reaches(text[:at] + right + text[at + len(wrong) :], rest, wanted) for at in places)


def _unreadable(text: str) -> bool:
    return bool(read(FILE, text.removeprefix("\ufeff").encode())[1])


def _without_spaces(text: str) -> str:
    return re.sub(r"\s", "", text)


def _words(text: str) -> str:
    return text.replace("\r", "")


def _certain(number: int, wrong: str, right: str) -> str:
    word = wrong.strip("'\"*_` \\.!\u00a0").casefold()
    joined = re.sub(r"[\s_-]+", "-", word).strip("-")
    if right in PROMISED:
        exact = joined in (right, right.replace("-", ""))
        assert exact or MEANT.get(joined) == right or MEANT.get(wrong) == right, (number, wrong, right)
        return "status"
    if re.fullmatch(r"\d{4}-\d\d(-\d\d)?", right):
        assert _dates(wrong) == {right} or {found[:7] for found in _dates(wrong)} == {right}, (number, wrong, right)
        return "date"
    if joined in (right, right.replace("-", "")):
        return "case"
    assert _without_spaces(wrong).casefold().replace("_", "-").replace("=", ":") == _without_spaces(
        right
    ).casefold() or (
        re.sub(r"[\s_-]+", "-", wrong.partition(":")[0].casefold()) == right.partition(":")[0]
        and wrong.partition(":")[2] == right.partition(": ")[2]
    ), (number, wrong, right)
    return "spaces"


def _dates(text: str) -> set[str]:
    """Try every order of the numbers of a text."""
    tokens = re.findall(r"\d+|[^\W\d_]+", text.casefold())
    words = [token for token in tokens if token.isalpha() and token not in ("de", "of", "the", "le", "den", "th", "st")]
    numbers = [token for token in tokens if token.isdigit()]
    if len(numbers) == 1 and len(numbers[0]) == 8:
        numbers = [numbers[0][:4], numbers[0][4:6], numbers[0][6:]]
    years = [number for number in numbers if len(number) == 4]
    rest = [int(number) for number in numbers if len(number) < 3]
    if len(years) != 1 or len(words) > 1 or len(years) + len(rest) != len(numbers):
        return set()
    year, month = int(years[0]), None
    if words:
        month = MONTHS.index(words[0][:3]) + 1 if words[0][:3] in MONTHS else OTHER_MONTHS.get(words[0][:3])
        if month is None or len(rest) > 1:
            return set()
        orders = [(month, *rest)]
    elif tokens[0] == years[0] or len(text) == 8:
        orders = [tuple(rest)]  # a year in front is followed by month and day
    else:
        orders = [*permutations(rest)]
    found = set()
    for month, *day in orders:
        try:
            found.add(str(date(year, month, *day)) if day else str(date(year, month, 1))[:7])
        except (ValueError, TypeError):
            continue
    return found


if __name__ == "__main__":
    first, last = (int(text) for text in (["0", *sys.argv[1:]] if len(sys.argv) == 2 else sys.argv[1:]))
    counts: Counter[str] = Counter()
    for number in range(first, last):
        counts.update(judged(number) or ["nothing"])
        if number % 1000 == 999:
            print(number + 1, dict(counts), flush=True)
