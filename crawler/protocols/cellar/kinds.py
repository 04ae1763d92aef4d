"""What works are: the resource types of the Publications Office (kinds.yaml) as kinds of documents."""

import re
from collections.abc import Collection, Iterable
from pathlib import Path

from crawler.sources.yaml_positions import read_table

CONSOLIDATED = "CONS_TEXT"
CORRIGENDUM = "CORRIGENDUM"

_TABLE: dict[str, str] = read_table(Path(__file__).with_name("kinds.yaml"))
_KINDS = {name: kind for kind, names in _TABLE.items() for name in names.split()}
# Families, told by how their codes begin; what stands above wins.
_FAMILIES = (
    (re.compile(r"(?:AMEND_|JOINT_|MOD_)?(?:JOINT_)?PROP(?:_.+)?"), "bill"),
    (re.compile(r"DIR(?:_.+)?"), "directive"),
    (re.compile(r"REG(?:_.+)?"), "regulation"),
    (re.compile(r"DEC(?:_.+)?"), "decision"),
    (re.compile(r"RECO(?:_.+)?"), "guidance"),
    (re.compile(r"(?:JOINT_)?REPORT(?:_.+)?|REPORT"), "report"),
    (re.compile(r"(?:JOINT_)?SWD(?:_.+)?"), "report"),
    (re.compile(r"AGREE(?:_.+)?"), "treaty"),
    (re.compile(r"OPIN_.+"), "policy_paper"),
)
_DRAFT = re.compile(r".+_DRAFT")
# Where a work has several types, the one that says most about what readers may see comes first.
_ORDER = (
    "case_law", "news", "directive", "regulation", "decision", "treaty", "bill", "report", "guidance",
)  # fmt: skip
_BY_NUMBER = (
    (re.compile(r"6\d{4}[A-Z]{2}.*|C\d{4}/.*|8.*"), "case_law"),
    (re.compile(r"[03]\d{4}L\d.*"), "directive"),
    (re.compile(r"[03]\d{4}R\d.*"), "regulation"),
    (re.compile(r"[03]19\d\dF\d.*"), "legislation"),  # joint actions, before there were framework decisions
    (re.compile(r"[03]\d{4}[DF]\d.*"), "decision"),
    (re.compile(r"1\d{4}[A-Z].*|2\d{4}A.*"), "treaty"),
    (re.compile(r"5\d{4}PC.*"), "bill"),
    (re.compile(r"5\d{4}SC.*"), "report"),
)
_MADE = r"(?:council |commission )?(?:delegated |implementing )?"
_BY_TITLE = tuple(
    (re.compile(pattern, re.IGNORECASE), kind)
    for pattern, kind in (
        (
            r"(?:amended |joint )?proposal for an? |(?:geänderter |gemeinsamer )?vorschlag für ein"
            r"|proposition (?:modifiée )?de (?:règlement|directive|décision|recommandation)"
            r"|propuesta (?:modificada )?de |proposta (?:alterada |modificata )?d[ei] "
            r"|(?:gewijzigd )?voorstel voor een ",
            "bill",
        ),
        (
            r"(?:consolidated versions? of (?:the )?)?(?:treaty|treaties)\b|konsolidierte fassungen? de[sr] vertr",
            "treaty",
        ),
        (rf"{_MADE}regulation \(|(?:delegierte |durchführungs)?verordnung \(|règlement |reglamento \(", "regulation"),
        (rf"{_MADE}directive [\d(]|(?:delegierte |durchführungs)?richtlinie [\d(]|directiva [\d(]", "directive"),
        (rf"{_MADE}(?:framework )?decision [\d(]|rahmenbeschluss |(?:durchführungs)?beschluss [\d(]", "decision"),
    )
)


def code(uri: str) -> str:
    """Return the code at the end of an authority's address.

    >>> code("http://publications.europa.eu/resource/authority/resource-type/REG_IMPL")
    'REG_IMPL'
    """
    return uri.rstrip("/").rpartition("/")[2]


def known(type_code: str) -> str | None:
    """Return the kind of one resource type, None for one that is not known.

    >>> known("DIR"), known("DEC_FRAMW"), known("PROP_DIR"), known("DEC_NC"), known("NOT_A_TYPE")
    ('directive', 'decision', 'bill', 'case_law', None)
    """
    if found := _KINDS.get(type_code):
        return found
    if _DRAFT.fullmatch(type_code):
        return "bill"
    return next((kind for pattern, kind in _FAMILIES if pattern.fullmatch(type_code)), None)


def kind_of(types: Iterable[str], number: str) -> str | None:
    """Return the kind of a work from its resource types, else from its CELEX number; None where neither says.

    >>> kind_of({"CORRIGENDUM", "DIR"}, "32011L0036R(01)"), kind_of((), "62011CJ0001"), kind_of({"X"}, "")
    ('directive', 'case_law', None)
    """
    kinds = {found for each in types if each not in (CONSOLIDATED, CORRIGENDUM) and (found := known(each))}
    if kinds:
        return next((kind for kind in _ORDER if kind in kinds), min(kinds))
    return next((kind for pattern, kind in _BY_NUMBER if pattern.fullmatch(number)), None)


def of_title(title: str) -> str | None:
    """Return the kind of a work from how its title begins; None where that does not tell.

    >>> of_title("Proposal for a DIRECTIVE OF THE COUNCIL on samples"), of_title("Vorschlag für eine VERORDNUNG")
    ('bill', 'bill')
    >>> of_title("Consolidated version of the Treaty on X"), of_title("Richtlinie 2001/9/EG"), of_title("X")
    ('treaty', 'directive', None)
    """
    return next((kind for pattern, kind in _BY_TITLE if pattern.match(title)), None)


def unknown(types: Collection[str]) -> list[str]:
    """Return the resource types that are not known."""
    return sorted(each for each in types if each not in (CONSOLIDATED, CORRIGENDUM) and known(each) is None)
