"""Names in files and addresses: small letters, digits and single hyphens."""

import re
import unicodedata
from functools import lru_cache
from urllib.parse import urlsplit

LETTERS = str.maketrans({"ø": "o", "Ø": "o", "æ": "ae", "Æ": "ae", "ß": "ss", "đ": "d", "ł": "l"})
ADDRESS = re.compile(r"https://[A-Za-z0-9.-]+(:\d+)?([/?#][^\s\"'<>\\^`{|}]*)?")
MAX_NAME = 48


def as_word(text: str) -> str:
    """Make a name of a text by folding accents and spaces; empty where letters would be lost."""
    folded = unicodedata.normalize("NFKD", text.translate(LETTERS)).encode("ascii", "ignore").decode()
    kept = sum(c.isalnum() for c in folded) == sum(c.isalnum() for c in text.translate(LETTERS))
    plain = re.sub(r"[^a-z0-9]+", "-", folded.lower()).strip("-")
    return plain if kept and is_word(plain) else ""


def as_anchor(text: str, separator: str) -> str:
    """Name a heading in addresses: as Markdown does, but letters of other scripts stay.

    Args:
        text: Of the heading.
        separator: What stands between words.
    """
    letters = (_in_ascii(letter) or letter for letter in unicodedata.normalize("NFC", text))
    kept = "".join(c for c in "".join(letters) if c in "_-" or c.isspace() or _belongs_to_words(c))
    return re.sub(rf"[{re.escape(separator)}\s]+", separator, kept.strip().lower())


def _in_ascii(letter: str) -> str:
    return unicodedata.normalize("NFKD", letter).encode("ascii", "ignore").decode()


def _belongs_to_words(letter: str) -> bool:
    """Letters, digits and marks; a mark belongs to the letter before it."""
    return unicodedata.category(letter)[0] in "LMN"


@lru_cache(4096)
def is_word(text: str) -> bool:
    """Check that a text can be a name in files and addresses."""
    return len(text) <= MAX_NAME and re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", text) is not None


def web_address(text: str | None) -> str:
    """Return the text if all of it is an https address that is safe to link, else nothing."""
    if not text or len(text) > 500 or not ADDRESS.fullmatch(text):
        return ""
    host = urlsplit(text).hostname or ""
    return text if re.search(r"\.[a-z]{2,}$", host) and "@" not in text.partition("/")[0] else ""
