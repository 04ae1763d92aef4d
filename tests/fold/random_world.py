"""A world of several protocols in which anything may happen, made from a seed: what is published, edited, taken down,
out of order, decided, and how we read it. :mod:`tests.fold.random_runs` crawls it and holds the laws against it.
"""

import json
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from crawler.identifiers import canonical_url
from tests.fold.office import pdf
from tests.fold.samples import ACT, LAW, act, guidance
from tests.fold.world import Site

FEED, LIST, MAP, PAGE = (f"https://{name}.sample.invalid" for name in ("a", "b", "d", "c"))
GOV, MEDIA = "https://www.gov.uk", "https://assets.publishing.service.gov.uk/media"
INDEX = {
    "feed": f"{FEED}/feed.xml", "list": f"{LIST}/list", "map": f"{MAP}/sitemap.xml",
    "also": "https://e.sample.invalid/feed.xml",
}  # fmt: skip
"""The lists, by the source that reads them; the last one names documents of two others."""
HOSTS = {"feed": FEED, "list": LIST, "map": MAP, "page": PAGE, "gov": GOV, "full": "https://f.sample.invalid"}
CHALLENGE = "<html><head><title>Sample</title></head><body><script>window.gokuProps = {};</script></body></html>"
FAULTS = {
    "503": {"status"}, "down": {"unreachable"}, "challenge": {"challenge"}, "empty": {"zero", "parse"},
}  # fmt: skip
"""What may be wrong with an address, and the kinds of issues that may say so."""
TITLES = ("human trafficking report", "fees for passports", "seasonal workers scheme")
"""Titles that our rules put in, out, and on the review list."""
LONG = " ".join(f"A sample sentence number {n} of no weight." for n in range(20))


@dataclass
class Item:
    """One document of the world: what it says now, and how its address is."""

    source: str
    number: int
    title: str = ""
    words: str = "first words"
    mark: int = 1
    published: bool = False
    listed: bool = True
    state: str = "ok"
    files: int = 0
    edits: int = 0
    odd: bool = False
    translated: bool = False

    @property
    def url(self) -> str:
        """Return the address that is asked."""
        if self.source == "gov":
            return f"{GOV}/api/content/government/publications/sample-{self.number}"
        return LAW if self.source == "law" else f"{HOSTS[self.source]}/doc/{self.number}"

    @property
    def document(self) -> str:
        """Return the id under which it is known."""
        if self.source == "gov":
            return f"govuk:00000000-0000-4000-8000-00000000000{self.number}"
        return ACT if self.source == "law" else f"url:{canonical_url(self.url)}"

    @property
    def name(self) -> str:
        """Return its title."""
        return f"Sample {self.source} {self.number}: {self.title}"


@dataclass
class World:
    """All of it: documents, lists and their state, the options of our sources, and what people decided."""

    rng: random.Random
    items: list[Item] = field(default_factory=list)
    lists: dict[str, str] = field(default_factory=lambda: dict.fromkeys(INDEX, "ok"))
    options: dict[str, set[str]] = field(default_factory=dict)
    decided: dict[str, str] = field(default_factory=dict)
    site: Site = field(default_factory=Site)
    log: list[str] = field(default_factory=list)

    # What happens

    def act(self) -> None:
        """Let one thing happen."""
        kinds: dict[str, Callable[[Item], str]] = {
            "publish": self._publish, "edit": self._edit, "quietly": self._quietly, "rename": self._rename,
            "state": self._state, "mend": self._mend, "unlist": self._unlist, "attach": self._attach,
            "list": self._list, "option": self._option, "decide": self._decide, "long": self._long,
            "shrink": self._shrink, "tags": self._tags,
        }  # fmt: skip
        weights = (6, 6, 3, 2, 5, 4, 1, 2, 3, 2, 2, 2, 1, 1)
        (kind,) = self.rng.choices(list(kinds), weights)
        item = self.rng.choice(self.items)
        self.log.append(f"{kind} {item.source}/{item.number}: {kinds[kind](item)}")

    def _publish(self, item: Item) -> str:
        item.published = True
        return item.title

    def _edit(self, item: Item) -> str:
        item.edits += 1
        item.words = f"must refer within {item.edits} hours" + (f". {LONG}" if LONG in item.words else "")
        item.mark += 1
        return item.words[:30]

    def _quietly(self, item: Item) -> str:
        mark = item.mark
        self._edit(item)
        item.mark = mark
        return item.words[:30]

    def _rename(self, item: Item) -> str:
        item.title, item.mark, item.edits = self.rng.choice(TITLES), item.mark + 1, item.edits + 1
        return item.title

    def _long(self, item: Item) -> str:
        item.words, item.mark, item.edits = f"number {item.number}: {item.edits}. {LONG}", item.mark + 1, item.edits + 1
        return "long"

    def _shrink(self, item: Item) -> str:
        item.words, item.odd = item.words.replace(f". {LONG}", ""), item.odd or LONG in item.words
        item.mark, item.edits = item.mark + 1, item.edits + 1
        return item.words[:30]

    def _state(self, item: Item) -> str:
        odd = ("404", "410", "503", "down", "challenge", "moved", "home")
        item.state, item.odd = self.rng.choice(odd if item.source not in ("gov", "law") else odd[:5]), True
        return item.state

    def _mend(self, item: Item) -> str:
        for each in self.items:
            each.state = "ok" if each.source == item.source and each.state != "moved" else each.state
        return "ok"

    def _unlist(self, item: Item) -> str:
        item.listed = not item.listed
        return str(item.listed)

    def _attach(self, item: Item) -> str:
        item.files, item.mark, item.edits = 1 - item.files, item.mark + 1, item.edits + 1
        return str(item.files)

    def _list(self, item: Item) -> str:
        name = self.rng.choice(list(INDEX))
        self.lists[name] = self.rng.choice(("ok", "ok", *FAULTS))
        return f"{name} {self.lists[name]}"

    def _option(self, item: Item) -> str:
        found = self.options.setdefault(item.source, set())
        option = self.rng.choice(("scrub", "keep", "audit"))
        if self.rng.random() < 0.2:
            found = self.options.setdefault("also", set())
        found ^= {option}
        return f"{option} {option in found}"

    def _decide(self, item: Item) -> str:
        self.decided[item.document] = self.rng.choice(("in", "out"))
        if self.rng.random() < 0.4:
            del self.decided[item.document]
        return self.decided.get(item.document, "nothing")

    def _tags(self, item: Item) -> str:
        self.site.tags = not self.site.tags
        return str(self.site.tags)

    def calm(self) -> None:
        """Let everything be in order again."""
        for item in self.items:
            item.state = "ok" if item.state in FAULTS else item.state
        self.lists = dict.fromkeys(INDEX, "ok")
        for each in ("feed", "list", "map", "page", "gov", "law", "also"):
            self.options.setdefault(each, set()).discard("audit")

    # What servers answer

    def serve(self) -> None:
        """Let the site answer as the world is now."""
        self.site.pages, self.site.moves, self.site.down = {}, {}, set()
        for host in HOSTS.values():
            self.site.put(f"{host}/", "<html><main><h1>Home</h1><p>The home page of a sample.</p></main></html>")
        for item in self.items:
            if item.published:
                self._serve(item)
        for name, url in INDEX.items():
            self._serve_list(name, url)

    def _serve(self, item: Item) -> None:
        url, site = item.url, self.site
        if item.state in ("404", "410", "503"):
            site.put(url, f"<h1>Sample {item.state}</h1>", status=int(item.state))
        elif item.state == "down":
            site.down.add(url)
        elif item.state == "challenge":
            site.put(url, CHALLENGE)
        elif item.state == "home":
            site.moves[url] = (302, f"{HOSTS[item.source]}/")
        elif item.state == "moved":
            site.moves[url] = (301, f"{HOSTS[item.source]}/moved/{item.number}")
            site.put(f"{HOSTS[item.source]}/moved/{item.number}", self._html(item))
        elif item.source == "gov":
            site.put(url, self._govuk(item), media="application/json")
        elif item.source == "law":
            site.put(url, act(("1", "Duty", f"A person {item.words}."), title=item.name), media="application/xml")
        else:
            site.put(url, self._html(item))
        for n in range(item.files):
            file = pdf(f"Sample file {n} of {item.source} {item.number}.")
            site.pages[f"{MEDIA}/{item.source}{item.number}{n}/file-{n}.pdf"] = (200, "application/pdf", file)

    def _html(self, item: Item) -> str:
        return (
            f"<html><head><title>{item.name}</title></head><body><main><h1>{item.name}</h1><p>A sample page.</p>"
            f"<h2>Part one</h2><p>{item.words}</p><p>Counter 77</p></main></body></html>"
        )

    def _govuk(self, item: Item) -> str:
        files = [
            {"attachment_type": "file", "title": f"File {n}", "url": f"{MEDIA}/gov{item.number}{n}/file-{n}.pdf",
             "file_size": 1}
            for n in range(item.files)
        ]  # fmt: skip
        time = f"2026-02-01T09:30:{item.mark:02d}Z"
        made = json.loads(guidance(f"<h2>Referral</h2><p>{item.words}</p><p>Counter 77</p>", updated=time))
        made |= {"title": item.name, "content_id": item.document.removeprefix("govuk:")}
        made["base_path"] = f"/government/publications/sample-{item.number}"
        made["details"]["attachments"] = files
        return json.dumps(made)

    def _serve_list(self, name: str, url: str) -> None:
        state = self.lists[name]
        if state in ("503", "down", "challenge"):
            if state == "down":
                self.site.down.add(url)
            body, status = ("<h1>503</h1>", 503) if state == "503" else (CHALLENGE, 200)
            self.site.put(url, body, status=status)
            return
        sources = ("list", "gov") if name == "also" else (name,)
        shown = [each for each in self.items if each.source in sources and each.published and each.listed]
        shown = [] if state == "empty" else shown
        if name in ("feed", "also"):
            told = [(each.url.replace("/api/content/", "/"), each.name, f"State {each.mark}") for each in shown]
            self.site.feed(told, url)
        elif name == "list":
            entries = "".join(f"<li><a href='{e.url}'>{e.name}</a><p>State {e.mark}</p></li>" for e in shown)
            self.site.put(url, f"<html><body><ul>{entries}</ul></body></html>")
        else:
            places = "".join(f"<url><loc>{e.url}</loc><lastmod>2026-02-{e.mark:02d}</lastmod></url>" for e in shown)
            self.site.put(url, f"<urlset>{places}</urlset>", media="application/xml")

    # How we read it

    @property
    def sources(self) -> str:
        """Return sources.yaml as it is now."""
        shapes: dict[str, dict[str, Any]] = {
            "feed": {"protocol": "feed", "url": INDEX["feed"], "follow": True},
            "list": {"protocol": "listing", "url": INDEX["list"],
                     "options": {"entry": "li", "link": "a", "summary": "p"}},
            "also": {"protocol": "feed", "url": INDEX["also"], "follow": True},
            "map": {"protocol": "sitemap", "url": INDEX["map"], "options": {"include": ["/doc/"]}},
            "page": {"protocol": "page", "url": self._tracked("page")[0],
                     "options": {"items": self._tracked("page")[1:]}},
            "gov": {"protocol": "govuk", "url": f"{GOV}/",
                    "options": {"items": [url.removeprefix(f"{GOV}/api/content") for url in self._tracked("gov")]}},
            "law": {"protocol": "legislation", "url": "https://www.legislation.gov.uk/",
                    "options": {"feed": "items", "items": [ACT]}, "kind": "legislation"},
        }  # fmt: skip
        return json.dumps(
            {
                "settings": {"contact": "watch@sample.invalid", "authority": "sample.invalid"},
                "publishers": {"sample": {"name": "Sample Office", "jurisdiction": "United Kingdom"}},
                "sources": [self._source(name, shape) for name, shape in shapes.items()],
            }
        )

    def _tracked(self, source: str) -> list[str]:
        return [item.url for item in self.items if item.source == source]

    def _source(self, name: str, shape: dict[str, Any]) -> dict[str, Any]:
        chosen = self.options.get(name, set())
        made = {
            "id": name, "publisher": "sample", "kind": "guidance", **shape,
            "keep": "relevant" if "keep" in chosen else "all",
            "audit": 0 if "audit" in chosen else 1, "expect": {"min": 0},
        }  # fmt: skip
        return made | ({"scrub": ["Counter [0-9]+"]} if "scrub" in chosen else {})

    @property
    def decisions(self) -> str:
        """Return decisions.yaml as it is now."""
        return json.dumps({"relevance": self.decided} if self.decided else {})


def made(seed: int) -> World:
    """Return a world in its first state."""
    world = World(rng=random.Random(seed))
    for source, count in (("feed", 4), ("list", 3), ("map", 3), ("page", 2), ("gov", 2), ("law", 1)):
        for number in range(1, count + 1):
            title = world.rng.choice(TITLES)
            published = number < 3 or world.rng.random() < 0.5
            world.items.append(Item(source=source, number=number, title=title, published=published))
    world.serve()
    return world
