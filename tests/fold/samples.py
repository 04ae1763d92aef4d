"""Sample pages of GOV.UK and legislation.gov.uk, made to order: invented text in the real formats."""

import json
from collections.abc import Sequence

from tests.fold.world import SOURCES

GUIDANCE = "govuk:00000000-0000-4000-8000-000000000001"
PATH = "/government/publications/sample-guidance"
CONTENT = f"https://www.gov.uk/api/content{PATH}"
ACT = "anaw/2015/9001"
LAW = f"https://www.legislation.gov.uk/{ACT}/data.xml"
WELSH = f"https://www.legislation.gov.uk/{ACT}/contents/enacted/welsh/data.xml"

GOVUK = """  - id: govuk
    publisher: sample
    kind: guidance
    protocol: govuk
    url: https://www.gov.uk/
    options: {items: [/government/publications/sample-guidance]}
    topics: [offences_law]
    expect: {min: 1}
"""
LEGISLATION = f"""  - id: law
    publisher: sample
    kind: legislation
    protocol: legislation
    url: https://www.legislation.gov.uk/
    options: {{feed: items, items: [{ACT}]}}
    topics: [offences_law]
    expect: {{min: 1}}
"""


def sources(*blocks: str) -> str:
    """Return a registry that has these sources in their order, and no feed."""
    return SOURCES[: SOURCES.index("  - id: news")] + "".join(blocks)


def guidance(
    body: str = "<h2>Referral</h2><p>Sample words.</p>",
    *,
    updated: str = "2026-02-01T09:30:00Z",
    notes: Sequence[tuple[str, str]] = (("2026-02-01T09:30:00Z", "First published."),),
    touched: str = "",
    **more: object,
) -> str:
    """Return a Content API document. ``notes`` are its change notes, ``touched`` moves on every publication."""
    history = [{"public_timestamp": time, "note": note} for time, note in notes]
    item = {
        "base_path": PATH,
        "content_id": GUIDANCE.removeprefix("govuk:"),
        "document_type": "guidance",
        "schema_name": "publication",
        "first_published_at": "2025-11-03T10:00:00Z",
        "locale": "en",
        "public_updated_at": updated,
        "updated_at": touched or updated,
        "title": "Sample guidance",
        "description": "A sample page that describes nothing real.",
        "links": {},
        "details": {"body": body, "change_history": history},
        **more,
    }
    return json.dumps(item)


def act(
    *provisions: tuple[str, str, str],
    title: str = "Sample Planning Act 2015",
    language: str = "en",
    extent: str = "E+W",
    valid: str = "2015-07-06",
    prelims: bool = True,
) -> str:
    """Return an Act as CLML; ``provisions`` are number, heading, text, prospective where that begins with "*"."""
    view = "/contents/enacted/welsh" if language == "cy" else ""
    text = "".join(
        f'<P1group{_status(words)}><Title>{heading}</Title><P1 id="section-{number}"><Pnumber>{number}</Pnumber>'
        f"<P1para><Text>{words.lstrip('*')}</Text></P1para></P1></P1group>"
        for number, heading, words in provisions
    )
    before = f"<PrimaryPrelims><Title>{title}</Title><LongTitle>A sample Act.</LongTitle></PrimaryPrelims>"
    return f"""<Legislation xmlns="http://www.legislation.gov.uk/namespaces/legislation" xml:lang="{language}"
  DocumentURI="http://www.legislation.gov.uk/{ACT}{view}" RestrictExtent="{extent}" RestrictStartDate="{valid}">
 <ukm:Metadata xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dct="http://purl.org/dc/terms/"
   xmlns:ukm="http://www.legislation.gov.uk/namespaces/metadata">
  <dc:identifier>http://www.legislation.gov.uk/{ACT}{view}</dc:identifier><dc:title>{title}</dc:title>
  <dc:language>{language}</dc:language><dct:valid>{valid}</dct:valid>
  <ukm:PrimaryMetadata><ukm:DocumentClassification><ukm:DocumentCategory Value="primary"/>
   <ukm:DocumentMainType Value="WelshNationalAssemblyAct"/><ukm:DocumentStatus Value="revised"/>
  </ukm:DocumentClassification><ukm:Year Value="2015"/><ukm:Number Value="9001"/>
  <ukm:EnactmentDate Date="2015-07-06"/></ukm:PrimaryMetadata>
 </ukm:Metadata>
 <Primary>{before if prelims else ""}{f"<Body>{text}</Body>" if text else ""}</Primary>
</Legislation>"""


def _status(words: str) -> str:
    return ' Status="Prospective"' if words.startswith("*") else ""
