"""What cites a law or a provision, where a question asks for that, or names a law that is not held."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from sqlite3 import Connection

from crawler.public.database import Row, rows
from crawler.public.search.citations import provisions
from crawler.public.search.rules import search_rules
from crawler.public.search.search import Found
from crawler.public.search.shown import title

MAX_DOCUMENTS = 12

_ASKS = re.compile(r"\b(?:cit(?:e|es|ed|ing)|mention(?:s|ed|ing)?|refer(?:s|red|ring)? to|quot(?:e|es|ed|ing))\b", re.I)
_CITING = f"""select d.id, d.title, d.kind, d.n, s.path, c.provision from citations c join sections s on s.n = c.section
    join documents d on d.id = s.document
  where (c.target in (select value from json_each(:names)) or c.cited in (select value from json_each(:names)))
    and d.id not in (select value from json_each(:names)) and s.is_current = 1
    and (:path = '' or c.provision = :path or substr(c.provision, 1, length(:path) + 1) = :path || '-')
    and (:kinds = '[]' or d.kind in (select value from json_each(:kinds)))
  group by d.id order by d.band = 'in' desc, d.n, s.n limit {MAX_DOCUMENTS}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedBy:
    """A law and its provision, empty for the whole, with documents that cite it and the path of the first place.

    ``title`` is empty where the law is not held.
    """

    document: str
    title: str
    provision: str
    documents: Sequence[Row]


def asks_what_cites(text: str) -> bool:
    """Whether a question asks for what cites something: "guidance citing section 45"."""
    return _ASKS.search(text) is not None


def cited_by(connection: Connection, found: Found) -> CitedBy | None:
    """Return what cites that which a question names, None where it does not ask, or nothing does.

    A provision without a law is that of the first lead Act whose provision is cited.
    """
    rules = search_rules()
    cited, _ = provisions(found.query.text)
    path = "-".join((cited[0].path, *cited[0].inside)) if cited else ""
    if found.unheld:
        names, paths = [found.unheld[0].names], dict.fromkeys((path, ""))
    elif (path and found.is_bare) or (asks_what_cites(found.query.text) and (found.named or path)):
        names, paths = [tuple(found.named)] if found.named else [(lead,) for lead in rules.lead], {path: None}
    else:
        return None
    asked = _asked(connection, names, paths, sorted(found.query.kinds.difference(rules.sorts["law"])))
    return next(asked, None) or next(_asked(connection, names, paths, []), None)


def _asked(
    connection: Connection, names: Sequence[Sequence[str]], paths: Iterable[str], kinds: Sequence[str]
) -> Iterator[CitedBy]:
    for each in names:
        for path in paths:
            params = {"names": json.dumps(each), "path": path, "kinds": json.dumps(kinds)}
            if documents := rows(connection, _CITING, params):
                yield CitedBy(document=each[0], title=title(connection, each[0]), provision=path, documents=documents)
