"""Pages of every kind, as a reader gets them, and what holds for all of them."""

from itertools import pairwise
from typing import Any
from urllib.parse import urljoin

from bs4 import BeautifulSoup

from crawler.publish.paths import encode
from tests.publish.publish_rows import ACT, ADDRESS, CASE, GUIDANCE, NEWS, TAKEN

PAGES = (
    "/",
    "/?kind=guidance",
    "/?jurisdiction=International&kind=report&source=guidance",
    *(f"/entry/aa{number:02}" for number in range(1, 11)),
    *(f"/entry/bb{number:02}" for number in range(1, 5)),
    f"/doc/{encode(GUIDANCE)}",
    f"/doc/{encode(GUIDANCE)}?from=g1&to=g2",
    f"/doc/{encode(GUIDANCE)}?from=g0&to=g2",
    f"/doc/{encode(GUIDANCE + '/annex-a')}",
    f"/doc/{encode(ADDRESS)}",
    f"/doc/{ACT}",
    f"/doc/{ACT}?part=3",
    f"/doc/{ACT}?provision=section-45-1-b",
    f"/doc/{ACT}?provision=nope",
    f"/doc/{ACT}?from=a1&to=a2",
    f"/doc/{ACT}?changed_by=ahead",
    f"/doc/{ACT}?at=2026-10-31&provision=section-45",
    f"/doc/{ACT}?at=1999-01-01",
    f"/doc/{encode(GUIDANCE)}?since=v3.7",
    "/stale",
    "/topic/children",
    "/coming-into-force",
    "/withdrawn",
    "/since",
    f"/since?doc={ACT}&doc={encode(GUIDANCE)}&since=2026-11-01",
    f"/doc/{encode(NEWS)}",
    f"/doc/{encode(TAKEN)}",
    f"/doc/{encode(CASE)}",
    *(f"/doc/{encode(f'url:https://example.org/{name}')}" for name in ("script", "rtl", "long", "odd", "gone")),
    "/search",
    "/search?q=sample",
    "/search?q=nothing-at-all",
    "/search?q=section+45+exploitation",
    "/search?q=section+999+zzzz",
    "/search?q=I+am+being+trafficked",
    "/help",
    "/sources",
    "/about",
    "/roundup",
    "/roundup?sql=select+id,+title+from+documents+where+kind+%3D+:k&k=report",
    "/roundup/documents/ukpga~2F2001~2F9001",
    "/roundup/entries?_facet=kind&kind=new&_sort=seen",
    "/-/metadata",
)  # fmt: skip


async def page(shown: Any, path: str, status: int = 200) -> BeautifulSoup:
    answer = await shown.client.get(path)
    assert answer.status_code == status, (path, answer.status_code, answer.text[-500:])
    assert not {"set-cookie", "set-cookie2", "nel", "report-to", "reporting-endpoints"} & set(answer.headers)
    assert answer.headers["referrer-policy"] == "no-referrer"
    return BeautifulSoup(answer.text, "lxml")


async def whole(shown: Any, path: str) -> None:
    """Hold what makes a page whole: one heading, one main part, ids that are their own, labels, limits, no scripts."""
    found = await page(shown, path)
    unseen(found)
    assert found.html["lang"] == "en-GB"
    assert len(found.select("h1")) == 1
    assert len(found.select("main")) == 1
    assert found.select_one("a.skip")["href"] == "#at-main"
    assert not found.select("script, style, [style], [onclick], iframe")
    ids = [one["id"] for one in found.select("[id]")]
    assert len(ids) == len(set(ids)), f"an id stands twice: {[one for one in ids if ids.count(one) > 1][:3]}"
    for field in found.select("input:not([type=hidden]), select, textarea"):
        assert found.select_one(f'label[for="{field["id"]}"]'), f"{field} has no label"
    for link in found.select("a[href]"):
        assert link["href"].partition(":")[0] not in ("javascript", "data"), link
    levels = [int(heading.name[1]) for heading in found.select("main h1, main h2, main h3, main h4")]
    assert all(after - before <= 1 for before, after in pairwise(levels)), levels


def unseen(found: BeautifulSoup) -> None:
    """Hold that a page tells nobody that it is read: it fetches nothing from elsewhere; and that it says its limits."""
    assert not found.select("script, iframe, object, embed, audio, video, base, [ping], meta[http-equiv]")
    names = ("src", "srcset", "data", "poster", "background", "action")
    fetched = [str(one[name]) for name in names for one in found.select(f"[{name}]")]
    fetched += [str(one["href"]) for one in found.select("link[rel=stylesheet], link[rel=icon], image, use")]
    own = "https://own.example/"
    assert fetched and not [one for one in fetched if not urljoin(own, one).startswith((own, "data:"))]
    assert "A finding aid, not legal advice" in found.select_one("footer").text
