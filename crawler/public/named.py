"""Questions to the public database that have a name and an address: for readers who know no SQL, and for programs.

The site and a plain Datasette answer them alike, within the limits of readers' SQL. The columns ``atom_…`` are those
that datasette-atom makes a feed of.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from crawler.public.at_day import PRODUCTION


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedQuery:
    """A statement with its title, whom it is for, and what its parameters mean; ``example`` holds a value of each."""

    title: str
    reader: str
    sql: str
    parameters: Mapping[str, str]
    example: Mapping[str, str]

    @property
    def metadata(self) -> dict[str, Any]:
        """Return it as Datasette wants it in its metadata."""
        told = "; ".join(f"{name}: {meaning}" for name, meaning in self.parameters.items())
        return {"title": self.title, "description": told, "sql": self.sql, "params": list(self.parameters)}


_DAY = "a day, such as 2026-03-01"
_DOCUMENT = "id of a document, such as ukpga/2015/30"
_PROVISION = "path of a provision, such as section-45; empty for all"

_ENTRY = """e.tag as atom_id, e.title as atom_title, e.updated as atom_updated, e.summary as atom_content,
  e.url as atom_link, e.announced, e.kind, e.document_kind, e.jurisdiction, e.document, e.id"""

_IS_BELOW = """(:provision = '' or {0} = :provision or ({0} > :provision || '-' and {0} < :provision || '.'))"""


def metadata() -> dict[str, dict[str, Any]]:
    """Return all of them by name, as Datasette's metadata."""
    return {name: query.metadata for name, query in QUERIES.items()}


QUERIES: Mapping[str, NamedQuery] = {
    "latest": NamedQuery(
        title="Latest entries",
        reader="everybody, on Monday",
        parameters={},
        example={},
        sql=f"""select {_ENTRY} from entries d indexed by entries_default join announced_entries e on e.n = d.n
          where d.is_default = 1 order by d.n limit 50""",
    ),
    "by_facet": NamedQuery(
        title="Latest entries with one value of a filter",
        reader="whoever follows one topic, kind or publisher",
        parameters={
            "facet": "topic, role, aimed_at, exploitation, toolkit, jurisdiction, kind, publisher, source, change",
            "value": "its value",
        },
        example={"facet": "kind", "value": "guidance"},
        sql=f"""select {_ENTRY} from entry_lists l join announced_entries e on e.n = l.entry
          where l.facet = :facet and l.value = :value order by l.entry limit 50""",
    ),
    "entries_for": NamedQuery(
        title="Entries for one reader since a day, in one place or anywhere",
        reader="co-ordinators of councils, for the paper of their board",
        parameters={
            "role": "police, first_responder, local_authority, caseworker, prosecutor, researcher, compliance, trainer",
            "jurisdiction": "where it applies, such as Wales; empty for anywhere",
            "since": _DAY,
        },
        example={"role": "local_authority", "jurisdiction": "", "since": "2026-01-01"},
        sql=f"""select {_ENTRY} from announced_entries e where e.announced >= :since
          and exists (select 1 from entry_lists r where r.facet = 'role' and r.value = :role and r.entry = e.n)
          and (:jurisdiction = '' or exists (select 1 from entry_lists j
            where j.facet = 'jurisdiction' and j.value = :jurisdiction and j.entry = e.n))
          order by e.announced desc, e.n limit 200""",
    ),
    "sections_at": NamedQuery(
        title="A document or one provision, in the wording that we hold for a day",
        reader="prosecutors and advisers: the text on the day of an offence or a decision",
        parameters={"document": _DOCUMENT, "provision": _PROVISION, "date": _DAY},
        example={"document": "ukpga/2015/30", "provision": "section-45", "date": "2024-06-01"},
        sql=f"""select s.path, s.number, s.heading, s.text, s.status, w.label, w.valid_from, w.captured, w.id as version
          from versions w join json_each(w.sections) j join sections s on s.n = j.value where w.id = (
            select x.id from versions x join documents d on d.id = x.document join versions c on c.id = d.current
            where x.document = :document and x.representation = c.representation and x.language = c.language
              and coalesce(x.valid_from, substr(x.captured, 1, 10)) <= :date and x.partial <= c.partial
            order by coalesce(x.valid_from, substr(x.captured, 1, 10)) desc,
              {PRODUCTION.replace("label", "x.label")} desc, x.captured desc, x.id desc limit 1)
          and {_IS_BELOW.format("s.path")} order by j.key limit 1000""",
    ),
    "commencement_of": NamedQuery(
        title="What is stated on the coming into force of a document or one provision",
        reader="prosecutors, before a charge",
        parameters={"document": _DOCUMENT, "provision": _PROVISION},
        example={"document": "ukpga/2015/30", "provision": "section-45"},
        sql=f"""select c.path, c.provision, c.state, c.date, c.qualification, c.places, c.instrument, c.authority,
            c.source from commencements c where c.document = :document
          and (c.path = '' or c.is_rest = 1 or {_IS_BELOW.format("c.path")}) order by c.position limit 500""",
    ),
    "changes_of": NamedQuery(
        title="What its publisher changed in a document or one provision, the newest first",
        reader="first responders: one annex of the statutory guidance, and nothing else",
        parameters={"document": _DOCUMENT, "provision": _PROVISION},
        example={"document": "ukpga/2015/30", "provision": "section-45"},
        sql=f"""select c.seen, c.occurred, c.kind, c.path, c.verb, c.before, c.after, c.significance, c.note, c.entry
          from changes c where c.document = :document and c.cause = 'source' and {_IS_BELOW.format("c.path")}
          order by c.seen desc, c.position, c.path limit 200""",
    ),
    "coming_into_force": NamedQuery(
        title="Law that comes into force, applies or is to be transposed after a day",
        reader="police, councils and companies: dates to prepare for",
        parameters={"day": _DAY, "topic": "one topic, such as supply_chains; empty for all"},
        example={"day": "2026-11-01", "topic": ""},
        sql="""select t.date, t.event, t.provision, t.qualification, t.authority, t.document, t.title, t.url
          from stated_days t where t.date > :day and t.event in ('in force', 'applies', 'to be transposed')
          and (:topic = '' or exists (select 1 from document_labels l where l.facet = 'topic' and l.value = :topic
            and l.document = (select d.n from documents d where d.id = t.document)))
          order by t.date, t.title limit 200""",
    ),
    "closing": NamedQuery(
        title="Consultations and other deadlines that end after a day",
        reader="policy staff: what can still be answered",
        parameters={"day": _DAY},
        example={"day": "2026-11-01"},
        sql="""select t.date, t.event, t.provision, t.qualification, t.document, t.title, t.jurisdiction, t.url
          from stated_days t where t.date > :day and t.event in ('closes', 'deadline') order by t.date, t.title
          limit 200""",
    ),
    "published_by": NamedQuery(
        title="Documents of one publisher, by its own dates",
        reader="researchers and commissioners' offices: quarterly lists",
        parameters={"publisher": "id of a publisher, see publishers", "first": _DAY, "last": _DAY},
        example={"publisher": "home-office", "first": "2026-01-01", "last": "2026-12-31"},
        sql="""select d.published, d.title, d.kind, d.jurisdiction, d.url, d.id from documents d
          indexed by documents_publisher where d.publisher = :publisher and d.is_listed = 1
          and d.published >= :first and substr(d.published, 1, 10) <= :last order by d.published desc, d.n limit 500""",
    ),
    "recommendations_to": NamedQuery(
        title="Recommendations to a body to which no answer was seen by us",
        reader="partnership chairs and boards: what was asked of us",
        parameters={"addressee": "a word of the name of the body, such as Home Office"},
        example={"addressee": "Home Office"},
        sql="""select d.published, d.title, l.number, l.addressee, l.heading, l.text, l.state, d.url, l.document
          from lesson_addressees a join lessons l on l.addressee_key = a.key join documents d on d.id = l.document
          where a.label like '%' || substr(:addressee, 1, 40) || '%' and l.is_listed = 1
          and l.kind = 'recommendation' and l.state in ('unanswered', 'none') order by l.n limit 200""",
    ),
    "passages_to_check": NamedQuery(
        title="Passages whose cited text changed later, and since when",
        reader="whoever keeps guidance, training or a protocol true to the law",
        parameters={"since": _DAY},
        example={"since": "2026-01-01"},
        sql="""select x.since, x.state, s.document, s.path, s.heading, d.title, x.target, x.provision, c.kind, c.verb,
            c.path as changed, c.entry from stale x join sections s on s.n = x.section
          join documents d on d.id = s.document join changes c on c.id = x.change
          where x.since >= :since order by x.since desc, x.section limit 500""",
    ),
    "gone_stale": NamedQuery(
        title="Documents of a library that name law which changed since",
        reader="trainers, before a course",
        parameters={"part": "law, guidance, reports, governance, resources or training"},
        example={"part": "training"},
        sql="""select d.title, j.value ->> 'title' as names, j.value ->> 'day' as changed, d.updated, d.url, d.id
          from resources r join json_each(r.stale) j join documents d on d.id = r.document
          where r.part = :part and r.withdrawn = 0 order by changed desc, r.n limit 200""",
    ),
    "names": NamedQuery(
        title="Documents that name a document: cite, amend, commence or replace it",
        reader="whoever must check what else a change touches",
        parameters={"document": _DOCUMENT},
        example={"document": "ukpga/2015/30"},
        sql="""select n.relation, n.document, n.title, n.seen, n.url from named_documents n
          where n.target = :document order by n.relation, n.title limit 500""",
    ),
    "judgments_on": NamedQuery(
        title="Judgments listed by hand on a provision",
        reader="legal advisers",
        parameters={"provision": "words of a provision, such as section 45"},
        example={"provision": "section 45"},
        sql="""select j.date, j.citation, j.court, j.note, j.provisions, j.url, j.reviewed from judgments j
          where exists (select 1 from json_each(j.provisions) p
            where p.value like '%' || substr(:provision, 1, 40) || '%')
          order by j.date desc limit 200""",
    ),
    "search": NamedQuery(
        title="Documents with words in their title, names or summary",
        reader="everybody; the page of search answers questions better",
        parameters={"words": "words that must all be there"},
        example={"words": "trafficking"},
        sql="""select d.id, d.title, d.kind, d.jurisdiction, d.published, d.url from documents_fts f
          join documents d on d.n = f.rowid where documents_fts match coalesce(nullif(escape_fts(:words), ''), '""')
          order by f.rowid limit 50""",
    ),
    "editions_due": NamedQuery(
        title="Series whose next edition is expected",
        reader="researchers: when figures are due",
        parameters={},
        example={},
        sql="""select s.name, s.state, s.newest_date, s.expected_from, s.expected_until, s.newest from series s
          where s.expected_from is not null order by s.expected_from limit 200""",
    ),
    "not_checked": NamedQuery(
        title="Sources that could not be checked, or are not read",
        reader="everybody who relies on silence",
        parameters={},
        example={},
        sql="""select s.name, s.publisher_name, s.trouble, s.last_success, s.reason, s.faults, s.url from sources s
          where s.trouble <> '' order by s.n limit 500""",
    ),
}
"""What readers ask, by the name that stands in its address."""
