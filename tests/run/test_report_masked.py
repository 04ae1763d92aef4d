"""A report of a look at news tells no name, wherever one stands, and is adopted all the same."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.model import Capture, Link
from crawler.run.adopting import adopt
from crawler.run.doctor import SourceCheck, write
from crawler.sources import loads

CLOCK = datetime(2026, 3, 13, tzinfo=UTC)
HOST = "https://sample.invalid"
SOURCE = {"id": "news", "publisher": "sample", "kind": "news", "protocol": "feed", "url": f"{HOST}/feed",
          "topics": ["offences_law"], "expect": {"min": 1}}  # fmt: skip
LISTING = SOURCE | {"protocol": "listing", "options": {"entry": "div.card"}}
PUBLISHER = {"name": "Sample", "jurisdiction": "International"}
DATE = "Thu, 12 Mar 2026 10:00:00 GMT"

RSS = f"""<?xml version="1.0"?><rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel>
<title>Smith, 12 Mar 2026 10:00:00</title><item><title>12 Mar Smith 2026</title><link>{HOST}/smith/smith/</link>
<guid isPermaLink="false">smith</guid><category domain="Smith">Smith 2026</category><pubDate>{DATE}</pubDate>
<enclosure url="smith/Smith.jpg" type="image/jpeg"/><media:content url="{HOST}/smith/1.jpg" medium="image"/>
</item></channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><id>tag:sample.invalid,2026:smith</id><title>Smith</title>
<updated>2026-03-12T10:00:00Z</updated><entry><id>smith</id><title>Smith</title><category term="Smith" label="Smith"/>
<author><uri>{HOST}/smith</uri></author><link href="{HOST}/smith/" title="Smith"/>
<updated>2026-03-12T10:00:00Z</updated></entry></feed>"""
PAGE = """<html><body><div class="card tag-smith" id="smith" data-name="Smith" data-who="Smith, 12 Mar 2026 10:00:00">
<a href="smith/one.html" name="smith" title=About Smith>Smith</a>
<img srcset="smith.jpg 1x, /smith/2.jpg 2x" src="/smith/3.jpg">
Smith<time datetime="2026-03-12">12 March 2026</time><a href="https://smith@sample.invalid/a">a</a></div></body></html>"""
JSON = json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Smith", "items": [
    {"id": "smith", "url": f"{HOST}/smith/", "title": "Smith", "date_published": "2026-03-12T10:00:00Z",
     "_smith": {"Smith": "Smith"}, "tags": ["smith"]}]})  # fmt: skip


@pytest.mark.parametrize(
    ("raw", "body", "media", "dated"),
    [
        (SOURCE, RSS, "application/rss+xml", DATE),
        (SOURCE, ATOM, "application/atom+xml", "2026-03-12T10:00:00Z"),
        (SOURCE, JSON, "application/feed+json", "2026-03-12T10:00:00Z"),
        (LISTING, PAGE, "text/html", "12 March 2026"),
    ],
    ids=["rss", "atom", "json", "page"],
)
def test_a_report_of_news_tells_no_name(
    raw: dict[str, object], body: str, media: str, dated: str, tmp_path: Path
) -> None:
    registry = loads(json.dumps({
        "settings": {"contact": "watch@other.invalid", "authority": "other.invalid"},
        "publishers": {"sample": PUBLISHER}, "sources": [raw],
    }), "sources.yaml")  # fmt: skip
    link = Link(url=f"{HOST}/feed", role="listing", facts={"title": "Smith", "document": f"url:{HOST}/smith"})
    capture = Capture(
        url=f"{HOST}/smith/feed", time=CLOCK, link=link, status=200, body=body.encode(),
        headers=(("Content-Type", f"{media}; charset=utf-8"), ("Location", "/smith"),
                 ("Link", f'<{HOST}/smith?page=2>; title="Smith"; rel="next"')),
        hops=(f"{HOST}/feed", f"{HOST}/smith/"),
    )  # fmt: skip
    look = SourceCheck(
        source="news", found=("status 200", f"redirected to {HOST}/smith/feed", "newest 2026-03-12"),
        differs=("link: “Smith” leads to smith/one.html (Smith)",),
    )  # fmt: skip
    report = tmp_path / "report"
    write(report, registry, [look], {"news": capture}, CLOCK)
    texts = {path.name: path.read_text("utf-8") for path in report.rglob("*") if path.is_file()}
    assert [name for name, text in texts.items() if "smith" in text.lower()] == []
    assert any(dated in text for text in texts.values()) and f'"{HOST}/feed"' in texts["capture.json"]
    (told,) = json.loads(texts["report.json"])["sources"]
    assert told["found"] == ["status 200", f"redirected to {HOST}/xxxxx/xxxx", "newest 2026-03-12"]
    adopted = adopt(report, told, raw, PUBLISHER, tmp_path / "out")
    assert adopted.fixture is not None
    page = json.loads((adopted.fixture / "page.json").read_text("utf-8"))
    assert len(page["documents"]) >= 1, page
