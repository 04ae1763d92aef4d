"""What the process that reads a text is told of what is held: ids by title, and what provisions of laws are about."""

import json

from crawler.feeds.weight import LAW
from crawler.identifiers.acts import spelled
from crawler.law import bare_path
from crawler.public.database import Connection, rows
from crawler.public.search.parse_query import search_rules
from crawler.public.sent.process import HeldLaw

MAX_HEADINGS = 60_000
"""Most provisions of laws of which the headings are told."""
_LAWS = "select id, title from documents where kind in ('act', 'asp', 'si', 'legislation') and title <> '' order by n"
_PAPERS = """select id, root, title from documents where title <> '' and not private and kind in
  ('guidance', 'statutory_guidance', 'manual', 'policy_paper', 'form', 'notice', 'collection') order by id <> root, n"""
_HEADINGS = f"""select d.id, s.path, s.heading, v.partial = 0 and v.leaves_out = '[]' as is_whole
  from documents d join versions v on v.id = d.current join sections s on s.document = d.id and s.is_current
  where d.kind in (select value from json_each(?)) order by d.n, s.n limit {MAX_HEADINGS}"""
_OTHER_NAMES = "select alias, document from aliases where document in (select value from json_each(?))"


def known(connection: Connection) -> HeldLaw:
    """Return ids by title, and by law and path, as ``section-52``, the heading and the words by which people ask.

    Titles of laws are in small letters, as citations are looked up, those of guidance and other papers as they are
    written. Of several laws there is none; of several papers that are no parts of one the id is empty.
    """
    laws: dict[str, str] = {}
    for line in rows(connection, _LAWS):
        name = spelled(line["title"])
        laws[name] = "" if name in laws else str(line["id"])
    papers: dict[str, tuple[str, str]] = {}
    for line in rows(connection, _PAPERS):
        root, _ = papers.setdefault(line["title"], (line["root"], line["id"]))
        if root != line["root"]:
            papers[line["title"]] = ("", "")
    titles = {name: id for name, id in laws.items() if id} | {title: id for title, (_, id) in papers.items()}
    return HeldLaw(titles=titles, about=_about(connection))


def _about(connection: Connection) -> dict[str, dict[str, str]]:
    """Return what provisions are about; a law of which all provisions are held has an empty path, too."""
    found: dict[str, dict[str, str]] = {}
    held = rows(connection, _HEADINGS, [json.dumps(LAW)])
    for line in held:
        of = found.setdefault(line["id"], {"": ""} if line["is_whole"] else {})
        base = "-".join(bare_path(line["path"]).lower().split("-")[:2])
        of[base] = f"{of.get(base, '')} {line['heading']}"
    if len(held) == MAX_HEADINGS:
        found.popitem()  # It may be cut.
    asked = search_rules().asked_as
    names = [(line["alias"], line["document"]) for line in rows(connection, _OTHER_NAMES, [json.dumps([*asked])])]
    for name, document in (*((id, id) for id in asked), *names):
        of = found.setdefault(name, {})
        for path, words in asked[document].items():
            of[path.lower()] = f"{of.get(path.lower(), '')} {words}"
    return found
