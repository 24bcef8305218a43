"""The table of statuses: all that is known of a status word stands in its row."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from macros.fields.near_words import folded, proposed, same_word
from macros.text.messages import M_, N_, Said
from macros.text.problem import one_of, write


class Badge(NamedTuple):
    """How pages show a word: a symbol that needs no colour, a label to translate, a class of the style sheet."""

    symbol: str
    label: str
    css: str


class Status(StrEnum):
    """How an item stands.

    Attributes:
        started: Work on it has begun.
        met: Begun, and nothing is left; a gate counts only with evidence and a date.
        under_way: Begun, and something is left.
        asked: Begun or left; what is neither is in no count, and needs a reason.
        example: What a status file says, with `$day`, `$planned`, `$evidence` and `$reason`; empty for an empty answer.
        meaning: For whoever writes a status file.
        synonyms: Words that people write instead and that can mean nothing else: in English, then Swedish, Danish,
            Norwegian, German, Spanish and French; in small letters, joined by hyphens.
    """

    def __new__(
        cls, word: str, symbol: str, label: str, started: bool, left: bool, example: str, meaning: str, synonyms: str
    ) -> Status:
        """Take a row of the table."""
        status = str.__new__(cls, word)
        status._value_ = word
        status.badge = Badge(symbol, label, f"nav-{word}")
        status.started, status.met, status.under_way = started, started and not left, started and left
        status.asked = started or left
        status.example, status.meaning, status.synonyms = example, meaning, synonyms.split()
        return status

    badge: Badge
    started: bool
    met: bool
    under_way: bool
    asked: bool
    example: str
    meaning: str
    synonyms: list[str]

    # fmt: off
    # word, symbol, label, whether work has begun, whether work is left; example; meaning; synonyms
    MET = ("met", "✓", N_("met"), True, False,
           "{status: met, since: $day, evidence: $evidence}",
           "It holds. A gate also needs evidence and since.",
           "yes done true completed complete finished fulfilled ok ✓ ✔ ☑ ✅"
           " ja klar klart klara uppfylld uppfyllt färdig färdigt slutförd slutfört avklarad avklarat"
           " opfyldt afsluttet gennemført oppfylt ferdig fullført avsluttet"
           " erfüllt erledigt fertig abgeschlossen sí si hecho hecha cumplido cumplida completado completada"
           " terminado terminada oui fait faite rempli remplie terminé terminée achevé achevée")
    IN_PROGRESS = ("in-progress", "◐", N_("in progress"), True, True,
                   "{status: in-progress, planned: $planned}",
                   "Work has begun; planned is the month in which it will be met.",
                   "partial partly ongoing started begun doing under-way underway"
                   " pågår pågående påbörjad påbörjat delvis igång"
                   " i-gang igang igangværende påbegyndt undervejs delvist påbegynt underveis"
                   " in-arbeit in-bearbeitung laufend läuft begonnen teilweise"
                   " en-curso en-proceso en-marcha iniciado iniciada parcial"
                   " en-cours commencé commencée partiel partielle partiellement")
    NOT_MET = ("not-met", "✕", N_("not met"), False, True,
               "not-met",
               "Somebody has looked, and it does not hold.",
               "no false unmet not-yet not-started not-begun not-fulfilled ✗ ✘ ☒ ❌"
               " nej ej-uppfylld ej-uppfyllt inte-uppfylld inte-uppfyllt ouppfyllt ej-påbörjad ej-påbörjat"
               " inte-påbörjad inte-påbörjat ikke-opfyldt ikke-påbegyndt nei ikke-oppfylt ikke-påbegynt"
               " nein nicht-erfüllt unerfüllt nicht-begonnen"
               " no-cumplido no-cumplida no-iniciado no-iniciada"
               " non non-rempli non-remplie pas-rempli pas-remplie pas-commencé non-commencé")
    NOT_APPLICABLE = ("not-applicable", "–", N_("not applicable"), False, False,
                      "{status: not-applicable, because: $reason}",
                      "It is not asked of this product; because says why.",
                      "na n/a none n.a ej-tillämpligt ej-tillämplig inte-tillämpligt ej-relevant ikke-relevant"
                      " ikke-aktuelt nicht-anwendbar nicht-zutreffend entfällt no-aplica no-aplicable"
                      " sans-objet non-applicable")
    NOT_ASSESSED = ("not-assessed", "?", N_("not assessed"), False, True,
                    "",
                    "Nobody has looked yet.",
                    "unknown not-assessed ? ~ null okänt ej-bedömd ej-bedömt ukendt ikke-vurderet ukjent"
                    " ikke-vurdert unbekannt nicht-beurteilt desconocido no-evaluado inconnu non-évalué")
    # fmt: on


WRITTEN = {str(status): status for status in Status if status.example}
"""The words of a status file; an empty answer says the one that is missing here."""

STATUSES = one_of(M_("a status"), WRITTEN)
"""The note that lists them."""

LONG_WORD = 18  # letters; what is longer says more than a status
LONG_FORM = "{{status: {}, because: one sentence}}"
NEAR = {synonym: status for status in Status for synonym in status.synonyms}
UNCLEAR = frozenset(
    [
        *("open", "half", "incomplete", "unfinished", "pending", "waiting", "to-do", "todo", "later", "missing"),
        *("not-done", "not-finished", "not-ready", "not-complete"),
        *("öppen", "ej-klar", "ej-klart", "inte-klar", "inte-klart", "ej-färdig", "inte-färdig", "ej-slutförd"),
        *("åben", "ikke-klar", "ikke-færdig", "ikke-afsluttet", "åpen", "ikke-ferdig", "ikke-fullført"),
        *("offen", "nicht-fertig", "nicht-erledigt", "nicht-abgeschlossen"),
        *("pendiente", "no-terminado", "no-hecho", "sin-terminar"),
        *("en-attente", "pas-fait", "non-fait", "pas-terminé", "non-terminé", "à-faire"),
    ]
)
"""Words that leave open whether work has begun."""


def meant(text: str) -> tuple[Said, str]:
    """Say what to write instead of a word; also the status itself, where nothing else can be meant."""
    word = folded(text)
    same = same_word(text, WRITTEN)
    if status := WRITTEN.get(same) or NEAR.get(word) or NEAR.get(text.strip()):
        return _instead_of(status), str(status) if status in WRITTEN and status.asked else ""
    if word in UNCLEAR:
        return M_('write "in-progress" if work has begun, otherwise "not-met"'), ""
    if near := proposed(text, WRITTEN):
        return _instead_of(WRITTEN[near]), ""
    if len(word) > LONG_WORD:
        return M_("write one of them, and put the other words under note"), ""
    return M_("write one of them"), ""


def _instead_of(status: Status) -> Said:
    """Say what to write instead of a synonym."""
    if status not in WRITTEN:
        return M_("delete it: an empty answer means not assessed")
    return write(status) if status.asked else M_("write %(form)s", form=LONG_FORM.format(status))


INHERITED = Badge("✓", N_("met, inherited"), "nav-met")
"""Met by what the region provides."""

CONFIRMED = Badge("✓", N_("met, with its whole stage"), "nav-met")
"""Met because a stage that it belongs to is confirmed as a whole."""

OWED = Badge("◷", N_("owed"), "nav-in-progress")
"""Evidence that is due after a conditional authorisation."""

UNSUPPORTED = Badge("!", N_("met, unsupported"), "nav-unsupported")
"""A gate said to be met, without evidence or without a date."""
