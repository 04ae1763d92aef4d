"""Questions to the SPARQL endpoint. A text depends on the options and on dates of the walk alone, so a replay finds it.

Source: https://publications.europa.eu/webapi/rdf/sparql (Virtuoso) and the ontology CDM. Facts seen by others who ask
it: only one direction of a relation has triples, so what amends an act is asked from the amending side; literals are
typed; sorting or filtering titles by regular expression runs into the limit of 60 seconds; ``GRAPH`` makes the
estimated cost too high; works with ``do_not_index`` are drafts and doubles; general publications, such as reports of
agencies, have dates and concepts under properties of their own; an answer is cut at 10,000 rows without a word.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote

from crawler.model import Link
from crawler.protocols.cellar.addresses import RESULTS, SPARQL

LIMIT = 5000
"""Most rows of one answer; the endpoint itself gives no more than 10,000."""
MAX_ACTS = 50
"""Most acts that one question asks about."""

Method = Literal["get", "post"]

_PREFIXES = """\
PREFIX cdm: <http://publications.europa.eu/ontology/cdm#>
PREFIX cmr: <http://publications.europa.eu/ontology/cdm/cmr#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""
_AUTHORITY = "http://publications.europa.eu/resource/authority"
_EUROVOC = "http://eurovoc.europa.eu"
_INDEXED = 'FILTER NOT EXISTS { ?work cdm:do_not_index "true"^^xsd:boolean }'
_DESCRIBED = """\
  OPTIONAL {{ ?work cdm:resource_legal_id_celex ?celex }}
  OPTIONAL {{ ?work cdm:work_id_document ?id FILTER(STRSTARTS(STR(?id), "consil:")) }}
  OPTIONAL {{ ?work cdm:work_has_resource-type ?type }}
  {title}"""
_DATED = ("work_date_document", "publication_general_date_publication")
_ABOUT = ("work_is_about_concept_eurovoc", "publication_general_is_about_concept_eurovoc")
_MADE = ("work_created_by_agent", "work_contributed_to_by_agent")
"""Properties that say one thing: of law, and of general publications or of those who took part."""
_TITLE = (
    "OPTIONAL {{ ?expression cdm:expression_belongs_to_work ?work ; cdm:expression_uses_language "
    f"<{_AUTHORITY}/language/{{language}}> ; cdm:expression_title ?title }}}}"
)
_INCOMING = {
    "amendments": (("resource_legal_amends_resource_legal", "amends"),),
    "based_on": (
        ("resource_legal_based_on_resource_legal", "based_on"),
        ("resource_legal_completes_resource_legal", "completes"),
    ),
    "proposals": (
        ("resource_legal_proposes_to_amend_resource_legal", "proposes"),
        ("resource_legal_adopts_resource_legal", "adopts"),
    ),
    "repeals": (
        ("resource_legal_repeals_resource_legal", "repeals"),
        ("resource_legal_implicitly_repeals_resource_legal", "implicitly_repeals"),
    ),
    "case_law": (
        ("case-law_interpretes_resource_legal", "interprets"),
        ("communication_case_new_submits_preliminary_question_resource_legal", "questions"),
    ),
    "corrigenda": (("resource_legal_corrects_resource_legal", "corrects"),),
    "cited_by": (("work_cites_work", "cites"),),
}
RELATED = tuple(_INCOMING)
"""What can be looked for around a tracked act."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What a search looks for: works that fit one entry of every list that is not empty.

    ``concepts`` are EuroVoc numbers, ``titles`` phrases, ``agents`` and ``types`` codes of authority tables, ``bodies``
    names that the table of corporate bodies has for agents, several of one body with ``|`` between them.
    """

    concepts: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    agents: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    corrigenda: bool = False
    language: str = "ENG"


def acts(numbers: Sequence[str], language: str) -> str:
    """Return the question for the facts of acts, by CELEX number; what may be manifold has rows of its own."""
    title = _TITLE.format(language=language)
    return (
        f"{_PREFIXES}SELECT DISTINCT ?work ?celex ?title ?doc_date ?type ?eli ?in_force ?entry_into_force "
        "?end_of_validity ?transposition ?modified ?cons_celex WHERE {\n"
        f"  VALUES ?celex {{ {_numbers(numbers)} }}\n"
        "  ?work cdm:resource_legal_id_celex ?celex .\n"
        "  {\n"
        "    OPTIONAL { ?work cdm:work_has_resource-type ?type }\n"
        "    OPTIONAL { ?work cdm:work_date_document ?doc_date }\n"
        "    OPTIONAL { ?work cdm:resource_legal_eli ?eli }\n"
        "    OPTIONAL { ?work cdm:resource_legal_in-force ?in_force }\n"
        "    OPTIONAL { ?work cmr:lastModificationDate ?modified }\n"
        f"    {title}\n"
        "  } UNION { ?work cdm:resource_legal_date_entry-into-force ?entry_into_force }\n"
        "  UNION { ?work cdm:resource_legal_date_end-of-validity ?end_of_validity }\n"
        "  UNION { ?work cdm:directive_date_transposition ?transposition }\n"
        "  UNION { ?consolidated cdm:act_consolidated_consolidates_resource_legal ?work ; "
        "cdm:resource_legal_id_celex ?cons_celex }\n"
        "}\n"
        f"LIMIT {LIMIT}"
    )


def related(numbers: Sequence[str], wanted: Iterable[str], language: str, authors: Sequence[str] = ("COM",)) -> str:
    """Return the question for works around acts: asked from the side that has triples.

    The proposal that became an act is the one relation that the act itself states. Everything cites a directive: of
    what does, only the works of ``authors``, codes of bodies, are asked for.
    """
    pairs = [pair for name in RELATED if name in wanted for pair in _INCOMING[name]]
    author = {"cites": f" {_values('author', 'corporate-body', authors)} ?work cdm:{_MADE[0]} ?author ."}
    branches = [
        f'{{ ?work cdm:{name} ?framework .{author.get(word, "")} BIND("{word}" AS ?relation) }}' for name, word in pairs
    ]
    if "proposals" in wanted:
        branches.append('{ ?framework cdm:resource_legal_adopts_resource_legal ?work BIND("adopted_by" AS ?relation) }')
    corrected = "" if "corrigenda" in wanted else f"  {_no_type('CORRIGENDUM')}\n"
    return (
        f"{_PREFIXES}SELECT DISTINCT ?work ?celex ?id ?framework_celex ?relation ?title ?doc_date ?type ?cons_celex "
        "WHERE {\n"
        f"  VALUES ?framework_celex {{ {_numbers(numbers)} }}\n"
        "  ?framework cdm:resource_legal_id_celex ?framework_celex .\n"
        f"  {' UNION '.join(branches)}\n"
        f"{_DESCRIBED.format(title=_TITLE.format(language=language))}\n"
        f"  OPTIONAL {{ ?work cdm:{_DATED[0]} ?doc_date }}\n"
        "  OPTIONAL { ?consolidated cdm:act_consolidated_consolidates_resource_legal ?work ; "
        'cdm:resource_legal_id_celex ?cons_celex FILTER(?relation = "amends") }\n'
        f"  {_INDEXED}\n"
        f"{corrected}"
        f"  {_no_type('CONS_TEXT')}\n"
        "}\n"
        f"LIMIT {LIMIT}"
    )


def bodies(names: Sequence[str]) -> str:
    """Return the question which agents are called by names, and of how many works each is an author."""
    return (
        f"{_PREFIXES}SELECT ?name ?agent (COUNT(DISTINCT ?work) AS ?total) WHERE {{\n"
        f"  {_called('name', names)}\n"
        f"  OPTIONAL {{ {_any(_MADE, 'agent')} }}\n"
        "}\n"
        "GROUP BY ?name ?agent\n"
        f"LIMIT {LIMIT}"
    )


def dated(search: Search, first: str, last: str) -> str:
    """Return the question for works dated from one day to another, both included.

    The endpoint leaves out works whose date is malformed without a word: :func:`modified` finds them.
    """
    condition = f'?doc_date >= "{first}"^^xsd:date && ?doc_date <= "{last}"^^xsd:date'
    return _search(search, f"  {_any(_DATED, 'doc_date')} FILTER({condition})\n", "")


def undated(search: Search) -> str:
    """Return the question for works that have no date at all."""
    condition = " ".join(f"FILTER NOT EXISTS {{ ?work cdm:{name} ?day }}" for name in _DATED)
    return _search(search, f"  {condition}\n", "")


def modified(search: Search, since: str) -> str:
    """Return the question for works of any date that were changed in CELLAR since a day, as late comers are."""
    changed = f'  ?work cmr:lastModificationDate ?modified FILTER(STR(?modified) >= "{since}")\n'
    return _search(search, changed, f"  OPTIONAL {{ {_any(_DATED, 'doc_date')} }}\n")


def _search(search: Search, condition: str, more: str) -> str:
    """Return a question that also counts what it asks for, so that an answer which is cut is noticed."""
    title = _TITLE.format(language=search.language)
    if search.titles:
        title = f"{title.removeprefix('OPTIONAL { ').removesuffix(' }')} ."
    words = f'  ?title bif:contains "{_phrases(search.titles)}" .\n' if search.titles else ""
    corrected = "" if search.corrigenda else f"  {_no_type('CORRIGENDUM')}\n"
    wanted = f"{_criteria(search)}{condition}"
    kept = f"  {_INDEXED}\n{corrected}  {_no_type('CONS_TEXT')}\n"
    is_known = "?modified" in condition
    return (
        f"{_PREFIXES}SELECT DISTINCT ?work ?celex ?id ?title ?doc_date ?type ?modified ?total WHERE {{\n"
        "  { SELECT (COUNT(DISTINCT ?work) AS ?total) WHERE {\n"
        f"{wanted}{f'  {title}{chr(10)}{words}' if search.titles else ''}{kept}"
        "  } }\n"
        f"{wanted}{more}{_DESCRIBED.format(title=title)}\n{words}"
        f"{'' if is_known else '  OPTIONAL { ?work cmr:lastModificationDate ?modified }' + chr(10)}"
        f"{kept}"
        "}\n"
        f"LIMIT {LIMIT}"
    )


def _criteria(search: Search) -> str:
    found = ""
    if search.concepts:
        concepts = " ".join(f"<{_EUROVOC}/{each}>" for each in sorted(search.concepts))
        found += f"  VALUES ?concept {{ {concepts} }}\n  {_any(_ABOUT, 'concept')}\n"
    agents = [_values("agent", "corporate-body", search.agents)] * bool(search.agents)
    agents += [_called("body", search.bodies)] * bool(search.bodies)
    if agents:
        named = agents[0] if len(agents) == 1 else " UNION ".join(f"{{ {each} }}" for each in agents)
        found += f"  {named}\n  {_any(_MADE, 'agent')}\n"
    if search.types:
        found += f"  {_values('wanted', 'resource-type', search.types)}\n  ?work cdm:work_has_resource-type ?wanted .\n"
    return found


def _any(properties: Sequence[str], variable: str) -> str:
    return " UNION ".join(f"{{ ?work cdm:{name} ?{variable} }}" for name in properties)


def _values(variable: str, table: str, codes: Iterable[str]) -> str:
    return f"VALUES ?{variable} {{ {' '.join(f'<{_AUTHORITY}/{table}/{each}>' for each in sorted(codes))} }}"


def _called(variable: str, names: Sequence[str]) -> str:
    """Return the pattern for agents with one of several English names, also one that they had before."""
    values = " ".join(f'"{each}"@en' for each in sorted({one for each in names for one in each.split("|")}))
    labels = " UNION ".join(f"{{ ?agent skos:{label} ?{variable} }}" for label in ("prefLabel", "altLabel"))
    within = f'FILTER(STRSTARTS(STR(?agent), "{_AUTHORITY}/corporate-body/"))'
    return f"VALUES ?{variable} {{ {values} }} {labels} {within}"


def _no_type(code: str) -> str:
    return f"FILTER NOT EXISTS {{ ?work cdm:work_has_resource-type <{_AUTHORITY}/resource-type/{code}> }}"


def _numbers(numbers: Sequence[str]) -> str:
    return " ".join(f'"{each}"^^xsd:string' for each in sorted(numbers))


def _phrases(titles: Sequence[str]) -> str:
    """Return phrases as Virtuoso's full text search takes them.

    >>> _phrases(["forced labour", "trafficking in human beings"])
    "'forced labour' OR 'trafficking in human beings'"
    """
    return " OR ".join(f"'{each}'" for each in sorted(titles))


def link(query: str, method: Method, **facts: str) -> Link:
    """Return the link that asks a question: as a form, or in the address."""
    stated = {key: told for key, told in facts.items() if told}
    form = f"query={quote(query, safe='')}&format={quote(RESULTS, safe='')}"
    if method == "get":
        return Link(url=f"{SPARQL}?{form}", role="listing", facts=stated, accept=RESULTS)
    return Link(url=SPARQL, role="listing", facts=stated, accept=RESULTS, method="POST", body=form)
