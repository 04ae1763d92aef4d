"""What works are: the resource types of the Publications Office as kinds of documents.

Source: the authority table http://publications.europa.eu/resource/authority/resource-type.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

CONSOLIDATED = "CONS_TEXT"
CORRIGENDUM = "CORRIGENDUM"

_KINDS: dict[str, str] = {
    "ACT_LEGIS": "parliament", "ADOPT_TEXT": "parliament", "AGENDA": "parliament", "ITEM_A_NOTE": "parliament",
    "ITEM_IA_NOTE": "parliament", "MINUTES": "parliament", "NOTE": "parliament", "NOTE_COVER": "parliament",
    "NOTE_INFO": "parliament", "NOTE_ITEM": "parliament", "OUTCOME_PROCEED": "parliament", "POSIT": "parliament",
    "RES_LEGIS": "parliament", "STATEM_REAS": "parliament", "QP_WRITTEN": "parliament", "CONCLUSION": "parliament",
    "AGREE_INTERNATION": "treaty", "CHART": "treaty", "CONVENTION": "treaty", "PROTOCOL": "treaty",
    "TREATY": "treaty", "ACT_ACCESSION": "treaty",
    "COMMUNIC": "policy_paper", "DECLAR": "policy_paper", "JOINT_COMMUNIC": "policy_paper", "OPIN": "policy_paper",
    "PLAN_ACTION": "policy_paper", "RES": "policy_paper", "RES_OTHER": "policy_paper", "STRATEGY": "policy_paper",
    "WHITE_PAPER": "policy_paper", "PROG": "policy_paper",
    "GREEN_PAPER": "consultation",
    "GUIDELINE": "guidance", "GUIDE": "guidance", "HANDBOOK": "manual", "REC_SOFT": "guidance",
    "LEGIS_SUM": "resource", "FACT_SHEET": "resource", "BROCH": "resource",
    "MEMORANDUM_UNDERST": "governance", "RULES_PROC": "governance",
    "PRESS_REL": "news",
    "IMPACT_ASSESS": "report", "IMPACT_ASSESS_SUM": "report", "SWD": "report", "WORK_DOC": "report",
    "STAT": "statistics", "STUD": "research", "STUDY": "research",
    "MEAS_NATION_IMPL": "legislation", "DATPRO": "legislation",
    "AG_OPI": "case_law", "ABSTRACT_JUR": "case_law", "DEC_NC": "case_law", "DEC_REVIEW": "case_law",
    "GARNISHEE_ORDER": "case_law", "INFO_JUDICIAL": "case_law", "INFO_JUR": "case_law", "JUDG": "case_law",
    "JUDG_EXTRACT": "case_law", "OPIN_AG": "case_law", "OPIN_JUR": "case_law", "ORDER": "case_law",
    "ORDER_EXTRACT": "case_law", "RULING": "case_law", "SUM_JUR": "case_law", "THIRDPARTY_PROCEED": "case_law",
    "VIEW_AG": "case_law",
}  # fmt: skip
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
