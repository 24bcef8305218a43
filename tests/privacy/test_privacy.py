"""What must never stand in a public file is found, is never repeated, and ordinary text is left alone.

All numbers of persons below are published for testing or as examples: by Skatteverket (SKV 704 and 707 and the open
list of test numbers), in the test list of the personnummer organisation, by the Finnish population register, and in
the documentation of python-stdnum. Secrets are put together here, so that no other scanner takes them for real ones.
"""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.load.handbook import survey
from macros.privacy.identity import identity_numbers
from macros.privacy.scan import private_data
from macros.site.environment import today
from macros.text.characters import MOST
from macros.text.formats import as_json, github, gitlab
from macros.text.problem import KINDS, Problem
from macros.text.report import report, text
from macros.text.source import Source
from tests.support.each import each
from tests.support.examples import often
from tests.support.paths import ROOT


def pieces(text: str) -> list[str]:
    return [piece.strip("\n ") for piece in text.split("|")]


def numbers(text: str) -> list[str]:
    return text.split()


def found(line: str, file: str = "projects/retina.yml") -> list[Problem]:
    return list(private_data(Source(file, line)))


def kinds(line: str) -> list[str]:
    return [problem.kind for problem in found(line)]


# --- personal identity numbers ---

PERSONS = numbers(
    "189001019802 189001029819 190905271474 187912219990 196408233234 198211059954 199012119948"
) + numbers("198507099805 198112289874 200012099891 200002292399 202402292383")
COORDINATED = numbers("197010632391 195705749959 197306749982 191401682396 202601612381")
WRONG_CHECK = numbers("196408233235 198211059953 198507099806 197010632392 195705749958 200012099890")
WRONG_DATE = numbers("198213059952 198211319952 202302292384 197010922396 198200059957")
ORGANISATIONS = numbers("8572090606 8020051952 8020057538 8024062302 8551040721 8020144120 5560160680 2021005489")
INTERIM = [f"20000101{letter}220" for letter in "JKLMNPRSTUWX"]


def forms(number: str) -> Iterator[str]:
    """Write YYYYMMDDNNNC in the ways that people do."""
    day, rest = number[:8], number[8:]
    for date in (day, day[2:]):
        for between in ("", "-", "+", " ", "\u2011", "\u2013", "\u2212", "\u00a0", " - "):
            yield f"{date}{between}{rest}"
    yield f"{day[:4]}-{day[4:6]}-{day[6:]}-{rest}"


def every_form(numbers: list[str]) -> list[str]:
    return [form for number in numbers for form in forms(number)]


@each("number", every_form(PERSONS + COORDINATED + INTERIM))
def test_a_swedish_number_is_found_in_every_form(number: str) -> None:
    (problem,) = found(f"note: born as {number}, seen in March")
    assert (problem.kind, problem.line, problem.column) == ("identity-number", 1, 15)
    assert problem.sentence == "there is a Swedish personal identity number here"


@pytest.mark.parametrize("number", ["201231-T220", "20201231-T220", "201231+T220"])
def test_a_t_number_needs_no_check_digit(number: str) -> None:
    assert kinds(f"note: {number}") == ["identity-number"]


@each("number", every_form(WRONG_CHECK + WRONG_DATE))
def test_a_number_with_a_wrong_date_or_check_digit_is_no_identity_number(number: str) -> None:
    assert "identity-number" not in kinds(f"note: {number}")


@each("number", [form for n in ORGANISATIONS for form in (n, f"{n[:6]}-{n[6:]}", f"16{n}")])
def test_the_number_of_an_organisation_is_no_identity_number(number: str) -> None:
    assert kinds(f"note: org. {number}") == []


@pytest.mark.parametrize(
    ("number", "country"),
    [
        ("15108695088", "Norwegian"),
        ("151086 95088", "Norwegian"),
        ("131052-308T", "Finnish"),
        ("131052-308t", "Finnish"),
        ("131052Y308T", "Finnish"),
        ("010594A9021", "Finnish"),
        ("CPR 211062-5629", "Danish"),
        ("CPR-nr.: 2110625629", "Danish"),
        ("cpr-nummer 211062 5629", "Danish"),
    ],
)
def test_a_number_of_a_neighbour_is_found(number: str, country: str) -> None:
    (problem,) = found(f"note: {number}.")
    assert problem.sentence == f"there is a {country} personal identity number here"


@pytest.mark.parametrize("number", ["15108695077", "131052-308U", "310252-308Y", "CPR 511062-5629", "211062-5629"])
def test_a_number_of_a_neighbour_needs_its_check_digit_its_date_or_its_word(number: str) -> None:
    assert kinds(f"note: {number}") == []


@pytest.mark.parametrize(
    "line",
    [
        "# 850709-9805",
        "850709-9805: met",
        '{evidence: "https://example.org/file?person=850709-9805"}',
        "https://example.org/a/b#850709-9805",
        "https://example.org/file, 850709-9805",
        "10.1186/s12885-018-4788-5, 850709-9805",
        "SE850709-9805x",
        "(850709-9805)",
        "850709\u200b-9805",
        "8507\u00ad099805",
        "\u202a850709-9805\u202c",
        "is it 850709-9805?",
        "0046850709-9805 850709-9805",
    ],
)
def test_a_number_is_found_wherever_it_stands(line: str) -> None:
    assert kinds(line) == ["identity-number"]


@pytest.mark.parametrize(
    "line",
    [
        "https://example.org/8507099805",
        "https://doi.org/10.1016/j.ymthe.8507099805",
        "doi: 10.1016/j.ymthe.8507099805",
        '{evidence: "https://example.org/850709-9805/x"}',
        "58507099805",
        "85070998051",
        "0.8507099805",
        "850709-98051",
        "4850709-9805",
    ],
)
def test_a_number_in_a_path_or_inside_a_longer_number_is_left_alone(line: str) -> None:
    assert kinds(line) == []


@pytest.mark.parametrize(
    ("write", "bound"),
    [
        (lambda draw: f"{draw(10):010}", 0.01),
        (lambda draw: f"{draw(6):06}-{draw(4):04}", 0.01),
        (lambda draw: f"{draw(11):011}", 0.002),
        (lambda draw: f"{draw(12):012}", 0.001),
        (lambda draw: f"20{draw(10):010}", 0.01),
    ],
    ids=["10 digits", "6 and 4 digits", "11 digits", "12 digits", "12 digits that begin with 20"],
)
def test_few_random_numbers_are_taken_for_identity_numbers(
    write: Callable[[Callable[[int], int]], str], bound: float
) -> None:
    chance = random.Random(2026)
    lines = [write(lambda digits: chance.randrange(10**digits)) for _ in range(20_000)]
    alarms = sum(bool(list(identity_numbers(line))) for line in lines)
    assert 0 < alarms < bound * len(lines)


# --- addresses ---

MAILS = [
    "anna.svensson@region.example",
    "Anna <anna@example.org>",
    "mailto:atmp@example.org",
    "åsa@sjukhuset.se",
    "anna@region-skåne.se",
    "a+b@mail.example.co.uk",
    "anna.svensson(at)example.org",
    "anna.svensson (at) example.org",
    "anna[at]example.org",
    "https://example.org/form?to=anna%40example.org",
    "'anna@example.org'",
]

PHONES = pieces("""
    070-123 45 67|0701234567|070 123 45 67|070-1234567|0701-23 45 67|07 01 23 45 67|070/123 45 67|070-123-45-67
    |070.123.45.67|073 - 123 45 67|073\u2011123 45 67|073\u2013123 45 67|073\u00a0123\u00a045\u00a067|046-17 00 00
    |046-170000|046 17 00 00|(046) 17 00 00|046/17 00 00|040-33 10 00|08-123 456 78|08-12 34 56 78|08-517 700 00
    |08 517 700 00|0920-49 10 00|010-123 45 67|0771-123 456|+46 70 123 45 67|+46701234567|+46 (0)70-123 45 67
    |+46(0)701234567|+46-70-1234567|tel:+46701234567|0046 70 123 45 67|0046701234567|0046-70-1234567|+45 35 45 35 45
    |+47 22 85 50 50|+358 50 123 4567|+44 20 7946 0958|+1 202-555-0143|+1 (617) 253-1000|+49 30 123456
    |+31 20 512 9111|\u202a+46 70 123 45 67\u202c""")


@each("mail", MAILS)
def test_an_e_mail_address_is_found(mail: str) -> None:
    (problem,) = found(f"contact: {mail}")
    assert (problem.kind, problem.sentence) == ("private-address", "there is an e-mail address here")


@each("phone", PHONES)
def test_a_telephone_number_is_found(phone: str) -> None:
    (problem,) = found(f"contact: ATMP coordinator, {phone}, mornings")
    assert (problem.kind, problem.sentence) == ("private-address", "there is a telephone number here")


# --- secrets ---

MIXED = "a1B2c3D4e5F6"
SECRETS = {
    "a private key": [
        *(f"-----BEGIN {what}PRIVATE " + "KEY-----" for what in ("", "RSA ", "EC ", "OPENSSH ", "ENCRYPTED ")),
        "-----BEGIN PGP PRIVATE " + "KEY BLOCK-----",
        "PuTTY-User-Key-" + "File-3: ssh-ed25519",
    ],
    "an access token": [
        "gh" + "p_" + MIXED * 3,
        "gh" + "s_" + MIXED * 3,
        "github" + "_pat_" + "11ABCDEFG0" * 2 + "_" + MIXED * 4,
        "gl" + "pat-" + MIXED * 2,
        "AK" + "IA" + "IOSFODNN7EXAMPLE",
        "xox" + "b-123456789012-" + MIXED,
        "https://hooks.slack" + ".com/services/T0000/B0000/" + MIXED,
        "ey" + "JhbGciOiJIUzI1NiJ9.ey" + "JzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmN",
        "np" + "m_" + MIXED * 3,
        "s" + "k-proj-" + MIXED * 3,
        "token=abcd1234efgh",
        "api_key: abcd1234efgh",
        "https://example.org/x?access_token=abcd1234efgh",
        'client_secret = "abcd1234efgh"',
    ],
    "a password": ["password: hunter2horse", "pwd=Sommar2026", "Lösenord: Sommar2026!", "'password': 'pass&word'"],
    "an address with a password": ["https://anna:geheim@example.org/x", "postgres://user:geheim@host/base"],
}


@each("what, secret", [(what, secret) for what, some in SECRETS.items() for secret in some])
def test_a_secret_is_found(what: str, secret: str) -> None:
    (problem,) = found(f"  note: {secret}")
    assert (problem.kind, problem.sentence) == ("secret", f"there is {what} here")


# --- what must not alarm ---

LOOK_ALIKES = pieces("""
    EudraCT 2021-001366-38|NCT01234567|EMA/CAT/22473/2025|CTIS 2023-505123-41-00|EU CT 2023-505123-41-00
    |https://doi.org/10.1186/s12885-020-07166-9|10.1186/s12885-018-4788-5|10.1056/NEJMoa1407222|EU/1/17/1226/001
    |EU/3/13/1189|ISRCTN12345678|2027-03 to 2028-04|2027-03 2028-04|2027-03\u20132028-04|2018-04-12 to 2019-05-13
    |2018-04-12\u20132019-05-13|2018-04-12 - 2020|2024-06-12 0900-1200|2024-06-12T10:30:00Z|01-02-2024 10:30|08:30-16:45
    |20260314|2010-2026|15 000 000 cells|2 x 10^6 cells per kg, 0,5 ml|12 345 678 kr|EUR 594,000|0.123456789
    |ISBN 978-91-7000-150-5|978-0-306-40615-7|ISSN 0028-4793|ORCID 0000-0002-1825-0097|PMID 31234567|PMC7123456
    |SOP ANA-014 v2|Report ANA-021|file 14-015|file MA-19-12|Dnr 5.8.1-2024-12345|dnr 2023-04512-01
    |dnr 4.1-2022-045678|C 01761/2020|batch 0240612-01|batch B-2024-0612|lot L24-0113|M-05-0123 4567
    |SC-01 to SC-03 and 04-06 08 10|ATCC 0123456789|07350012345678|1234 5678 9012|ISO 13485:2016|UN 3373
    |550e8400-e29b-41d4-a716-446655440000|44e5d41aa76420f559b903f0123456789abcdef0|@region|10 @ 37 C|foo@1.2.3
    |Article 17(a) of it|CD34+ 45 to 60 %|CD4+/CD8+ 2:1|IC50 +46 nM|access: via the token of the unit
    |password kept by the quality unit|password: see the vault|secret: the recipe stays with the partner|token: none
    |The key: ask the site|public key of the partner|-----BEGIN CERTIFICATE-----|https://example.org:8443/x
    |risk-based-approach-to-manufacturing|task-force-2026-for-advanced-therapies|tokens = 12345""")


@each("line", LOOK_ALIKES)
def test_a_look_alike_is_left_alone(line: str) -> None:
    assert kinds(f"  note: {line}") == []
    assert kinds(f'  x: {{status: met, evidence: "{line}", since: 2026-03-14}}') == []


@each(
    "path",
    [path for folder in ("projects", "checklists") for path in sorted((ROOT / folder).rglob("*.yml"))],
)
def test_no_committed_file_alarms(path: Path) -> None:
    assert found(path.read_text("utf-8"), path.relative_to(ROOT).as_posix()) == []


# --- how it is told ---

VALUES = [
    *every_form(PERSONS + COORDINATED + INTERIM),
    *PHONES,
    *MAILS,
    *(secret for some in SECRETS.values() for secret in some),
]


@each("value", VALUES)
def test_a_message_never_repeats_the_value(value: str) -> None:
    problems = found(f"title: Cells\n# {value}\n")
    assert problems
    for problem in problems:
        assert problem.excerpt == ""
        assert problem.width == 1
        told = "\n".join([text(problem), report([problem]), github([problem]), gitlab([problem]), as_json([problem])])
        assert value.strip() not in told
        for piece in re.findall(r"\w*\d\w*", value):
            assert len(piece) < 3 or piece not in text(problem)
        assert text(problem).startswith(f"projects/retina.yml:2:{problem.column}: ")


def test_a_message_says_where_it_is_what_it_is_and_what_to_do() -> None:
    assert text(found("title: Cells\nnote: 850709-9805")[0]) == (
        "projects/retina.yml:2:7: there is a Swedish personal identity number here [identity-number]\n"
        "  = take it out of the file, and read /privacy/ before you send anything\n"
        "  = help: /problems/#identity-number"
    )


def test_everything_in_a_line_is_told_each_once() -> None:
    line = "Anna, 850709-9805, anna@example.org, 070-123 45 67, password: hunter2horse"
    assert sorted(kinds(line)) == ["identity-number", "private-address", "private-address", "secret"]
    assert kinds("note: 0701012387") == ["identity-number"]  # it could also be a mobile number


def test_a_number_in_the_name_of_a_file_is_found() -> None:
    (problem,) = found("title: Cells", "projects/patient-850709-9805.yml")
    assert (problem.line, problem.column) == (0, 0)
    assert problem.sentence == "there is a Swedish personal identity number in the name of this file"
    assert "9805" not in problem.sentence + problem.fix


def test_a_file_full_of_numbers_is_told_of_some() -> None:
    assert len(found("850709-9805\n" * 1000)) == MOST


def test_the_kinds_are_explained() -> None:
    for kind in ("identity-number", "private-address", "secret"):
        assert "[What must never be written here](privacy.md)" in " ".join(KINDS[kind].split())
    assert (ROOT / "docs/privacy.md").read_text("utf-8").startswith("# What must never be written here\n")


PIECES = st.sampled_from(
    ["850709", "-", "9805", " ", "\n", "\u200b", "\u0661", "@", "a.se", "+46", "070", "https://x/", "#"]
)


@often(300)
@given(st.lists(PIECES | st.text(max_size=4), max_size=30).map("".join))
def test_any_text_is_searched_and_every_place_is_in_it(line: str) -> None:
    lines = line.split("\n")
    for problem in found(line):
        assert 1 <= problem.line <= len(lines)
        assert 1 <= problem.column <= len(lines[problem.line - 1])


@pytest.mark.parametrize(
    "piece",
    ["0", "+1 ", "07-", "(", "token=", "-eyJ", "a@", "a.", "https://", "http://a/", "850709-", "cpr ", "x://a:", "%40"],
)
def test_sixty_thousand_of_anything_are_soon_read(piece: str) -> None:
    found((piece * 60_000)[:60_000])


# --- in the check of the handbook ---

RETINA = "projects/retina.yml"


def with_line(handbook: Path, line: str) -> list[Problem]:
    path = handbook / RETINA
    path.write_text(path.read_text("utf-8") + line, "utf-8")
    return survey(handbook, today())[1]


@pytest.mark.parametrize(
    "line",
    [
        "# 850709-9805\n",
        "850709-9805\n",  # no YAML
        "summary: 850709-9805\n",  # a second summary
        "assessed: 850709-9805\n",
        "850709-9805: met\n",
        "note: {850709-9805: partial\n",
        "note: 850709-9805\t\n",
        "note: 850709\u200b-9805\n",
    ],
)
def test_no_other_message_about_the_file_repeats_the_number(line: str, handbook: Path) -> None:
    problems = with_line(handbook, line)
    assert [problem.kind for problem in problems] == ["identity-number"]
    said = report(problems) + github(problems) + gitlab(problems) + as_json(problems)
    assert not re.search("(?<![0-9a-f])9805", said), "but for a fingerprint, which may hold any digits"


def test_a_file_in_another_encoding_keeps_the_number_to_itself_too(handbook: Path) -> None:
    (handbook / RETINA).write_bytes("title: Sjögren 850709-9805\n".encode("latin-1"))
    assert "9805" not in report(survey(handbook, today())[1])
    (handbook / RETINA).write_bytes(b"\xff\xfe" + "title: 850709-9805\n".encode("utf-16-le"))
    assert "identity-number" in {problem.kind for problem in survey(handbook, today())[1]}


def test_a_number_is_found_while_the_checklists_cannot_be_used(handbook: Path) -> None:
    shutil.rmtree(handbook / "checklists")
    assert "identity-number" in {problem.kind for problem in with_line(handbook, "# 850709-9805\n")}


def test_checklists_may_name_what_is_public(handbook: Path) -> None:
    path = handbook / "checklists/references.yml"
    path.write_text(path.read_text("utf-8") + "# info@example.org\n", "utf-8")
    assert survey(handbook, today())[1] == []
