import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.errors import RefusedError
from crawler.model import Capture, Link
from crawler.protocols.response_checks import TRUNCATED, refuse
from tests.tiers import examples

RECORDINGS = Path(__file__).parents[2] / "../shared/recordings"
URL = "https://sample.invalid/a"


LINK = Link(url=URL, role="document")


def answer(
    body: str | bytes = b"words", status: int = 200, media_type: str = "text/html", link: Link = LINK, **headers: str
) -> Capture:
    return Capture(
        url=URL,
        time=datetime(2026, 11, 24, tzinfo=UTC),
        link=link,
        status=status,
        headers=(("Content-Type", media_type), *((name.replace("_", "-"), value) for name, value in headers.items())),
        body=body.encode() if isinstance(body, str) else body,
    )


def refused(capture: Capture) -> str:
    try:
        refuse(capture)
    except RefusedError as error:
        assert error.url == URL and error.reason
        return error.kind
    return ""


@pytest.mark.parametrize("status", [200, 203, 300, 304])
def test_statuses_that_may_carry_a_document_pass(status: int) -> None:
    assert refused(answer(status=status)) == ""


@pytest.mark.parametrize(
    "status", [201, 202, 204, 301, 302, 307, 308, 400, 401, 403, 404, 410, 429, 432, 436, 500, 503]
)
def test_other_statuses_are_refused_and_named(status: int) -> None:
    with pytest.raises(RefusedError, match=f"status {status} carries no document") as caught:
        refuse(answer(status=status))
    assert caught.value.kind == "status"


def test_not_modified_without_a_body_is_no_document() -> None:
    assert refused(answer(b"", 304)) == "status"
    assert refused(answer(b"", 300)) == "empty"


def test_cut_bodies() -> None:
    assert TRUNCATED == "x-roundup-truncated"
    assert refused(answer(x_roundup_truncated="length")) == "cut"
    assert refused(answer(WARC_Truncated="disconnect")) == "cut"
    assert refused(answer(status=206)) == "cut"
    assert refused(answer(Content_Length="6")) == "cut"
    assert refused(answer(Content_Length="5")) == ""
    assert refused(answer(Content_Length="4")) == ""
    assert refused(answer(Content_Length="600", Content_Encoding="gzip")) == ""
    assert refused(answer(Content_Length="nonsense")) == ""
    assert refused(answer(Content_Length="9" * 5000)) == "cut"


@pytest.mark.parametrize(
    ("marked", "words"),
    [
        ("time", "was cut while it was fetched (time)"),
        ("unknown coding 'br'", "cannot be decoded (unknown coding 'br')"),
    ],
)
def test_body_that_is_whole_is_not_called_cut(marked: str, words: str) -> None:
    with pytest.raises(RefusedError) as caught:
        refuse(answer(x_roundup_truncated=marked))
    assert (caught.value.kind, caught.value.reason) == ("cut", f"the body {words}")


@pytest.mark.parametrize("body", [b"", b" \r\n", b"\n" * 30_000])
def test_empty_bodies(body: bytes) -> None:
    assert refused(answer(body)) == "empty"


def shown(head: str, body: str) -> str:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"


CHALLENGES = {
    "AWS WAF": shown('<script>window.gokuProps = {"key":"x"};</script>', "<h1>JavaScript is off</h1>"),
    "Cloudflare": shown("<title>Just a moment...</title>", "<script>window._cf_chl_opt={}</script>"),
    "Cloudflare in Polish": shown("<title>Cierpliwo\u015bci...</title>", "<noscript>JavaScript</noscript>"),
    "Cloudflare in any language": shown("<title>...</title>", "<script>window._cf_chl_opt={}</script>"),
    "browser check": shown("", "<noscript>Enable JavaScript and cookies to continue</noscript>"),
    "Imperva": shown("", '<iframe src="/_Incapsula_Resource?x">Incapsula incident ID: 1</iframe>'),
    "Akamai": shown("<TITLE>Access Denied</TITLE>", "<H1>Access Denied</H1>Reference #18.1"),
    "DataDome": shown("", "<script src='https://ct.captcha-delivery.com/c.js'></script>"),
    "captcha": shown("", '<form><div class="h-captcha" data-sitekey="x"></div></form>'),
    "F5": shown("<title>Request Rejected</title>", "Your support ID is: 123<br>"),
    "Azure WAF": shown("<title>Azure WAF</title>", "Verifying"),
    "Fastly": shown("<title>Client Challenge</title>", "<p>A required part of this site could not load.</p>"),
    "SiteGround": '<meta http-equiv="refresh" content="0;/.well-known/sgcaptcha/?r=%2Fd">',
    "Kasada": shown("", "<script>window.KPSDK={};</script>"),
    "Google": shown("", "Our systems have detected unusual traffic from your computer network."),
    "waiting room": shown("<title>Queue</title>", "<h1>You are now in line</h1>It is your turn in 12 minutes."),
    "Wordfence": shown("<title>Your access to this site has been limited by the site owner</title>", "503"),
    "Anubis": shown("<title>Making sure you&#39;re not a bot!</title>", "Wait"),
}


@pytest.mark.parametrize("name", CHALLENGES)
@pytest.mark.parametrize("status", [200, 202, 403, 429, 503])
def test_robot_checks_are_refused_with_any_status(name: str, status: int) -> None:
    """Trap EU-2.7: Council: refusals that answer 200, entries without a date of publication."""
    assert refused(answer(CHALLENGES[name], status)) == "challenge"
    padded = CHALLENGES[name].replace("</body>", f"<script>{'var a;' * 20_000}</script></body>")
    assert refused(answer(padded, status)) == "challenge"


def test_robot_checks_told_by_a_header() -> None:
    assert refused(answer(b"", 202, x_amzn_waf_action="challenge")) == "challenge"
    assert refused(answer("{}", 403, "application/json", cf_mitigated="challenge")) == "challenge"
    assert refused(answer("<p>words", cf_mitigated="log")) == ""


MISSING = [
    "Page not found", "404", "404 Not Found", "Error 404", "410 Gone", "Not Found", "Page cannot be found",
    "Sorry, we can\u2019t find that page", "The page you requested could not be found", "This page no longer exists",
    "The page you are looking for has been removed", "Page introuvable", "La page demand\u00e9e n'existe pas",
    "Erreur 404 - page non trouv\u00e9e", "Seite nicht gefunden", "Die gesuchte Seite wurde nicht gefunden",
    "Diese Seite existiert nicht", "Fehler 404", "Tudalen heb ei chanfod", "Heb ei ganfod",
    "Ni allwn ddod o hyd i'r dudalen", "Pagina niet gevonden", "P\u00e1gina no encontrada", "Pagina non trovata",
    "Nie znaleziono strony", "Strona nie istnieje", "P\u00e1gina n\u00e3o encontrada",
    "Pagina nu a fost g\u0103sit\u0103",
]  # fmt: skip


@pytest.mark.parametrize("words", MISSING)
def test_a_page_that_says_it_is_missing(words: str) -> None:
    menu = "<nav>Home News Contact</nav>" * 20
    assert (
        refused(answer(f"<html><head><title>{words} - Sample Office</title></head><body>{menu}</body></html>"))
        == "soft404"
    )
    assert refused(answer(f"<html><title>Sample Office | {words}</title></html>")) == "soft404"
    assert (
        refused(answer(f"<title>Sample Office</title>{menu}<h1 class=x><span>{words}</span></h1><p>Sorry")) == "soft404"
    )


@pytest.mark.parametrize(
    "title",
    [
        "Not found: how missing children are failed", "404 victims were identified in 2025", "Regulation 404/2011",
        "Robots and captcha: guidance", "Pages and manuscripts found in Kent", "Documents no longer available abroad",
        "Just a moment can change a life", "Access denied to justice", "Weryfikacja ofiar handlu lud\u017ami",
        "Sample Offences Act 2001", "Gone without a trace", "Error in a judgment", "One page on finding victims",
    ],
)  # fmt: skip
def test_titles_of_documents_are_not_taken_for_errors(title: str) -> None:
    assert refused(answer(f"<title>{title} - Sample</title><h1>{title}</h1><p>Sample text.</p>")) == ""


@pytest.mark.parametrize(
    "words",
    [
        "Database connection failed: SQLSTATE[HY000] [2002] Connection refused",
        "Could not connect: Access denied for user 'web'@'localhost' (using password: YES)",
        "<br /><b>Fatal error</b>:  Uncaught PDOException: [2002] refused in /var/www/i.php:12 on line <b>12</b><br />",
        "Traceback (most recent call last):\n" + "  File '/srv/app.py', line 3\n" * 20 + "OperationalError: no server",
        "An internal error occurred. Please contact the administrator.",
    ],
)
def test_what_a_program_says_of_its_failure_is_no_document(words: str) -> None:
    assert [refused(answer(words, 200, media)) for media in ("text/html", "text/plain")] == ["error", "error"]
    assert refused(answer(f"<title>Sample report</title><h1>Sample report</h1><p>{words}</p>")) == ""


def test_a_legal_text_that_quotes_all_of_it_is_no_error() -> None:
    quoted = (
        "Page not found. Just a moment... Access Denied. Please enable JavaScript and cookies to continue. captcha "
    )
    law = f"<title>Sample Robots Act 2001</title><h1>Sample Robots Act 2001</h1><p>1 {quoted * 5}</p>"
    assert refused(answer(law)) == ""
    widget = "<title>Sample</title><div class='g-recaptcha'></div><script src='/_Incapsula_Resource?a'></script>"
    assert refused(answer(f"{widget}<h1>Sample</h1><p>{'Sample words. ' * 60}</p>")) == ""
    assert refused(answer(f"<title>Page not found</title><p>{'Sample words. ' * 2_000}</p>")) == ""
    assert refused(answer('{"title": "<title>Page not found</title>"}', media_type="application/json")) == ""


def test_letters_of_any_alphabet_and_broken_ones_may_stand_before_what_tells() -> None:
    before = "<html><p>\u00e9\u0142\u4e2d</p>".encode() + b"\xff\xe4\xb8"
    assert refused(answer(before + b"<TITLE>Just a moment...</TITLE>")) == "challenge"
    assert refused(answer(before + b"<h1>Page not found</h1>")) == "soft404"
    assert refused(answer(before + b"<script>window._CF_chl_opt={}</script>")) == "challenge"


@examples(200)
@given(st.binary(max_size=300), st.integers(100, 599), st.sampled_from(["text/html", "application/xml", ""]))
def test_any_bytes_pass_or_are_refused(body: bytes, status: int, media_type: str) -> None:
    refused(answer(body, status, media_type))


def test_hostile_pages_take_no_time() -> None:
    for hostile in (
        "<h1 " * 100_000,
        "<" * 400_000,
        "<!--" * 100_000,
        "404 not " * 50_000,
        "<title>" + "page not found " * 30_000,
    ):
        for prefix in ("<html><title>Page not found</title>", "<html><title>Just a moment...</title>", ""):
            refused(answer(prefix + hostile))
    assert refused(answer("<!-- a -->" * 60 + "<root/>", media_type="application/xml")) == ""


def recordings() -> Iterator[dict[str, Any]]:
    if (RECORDINGS / "manifest.jsonl").is_file():
        for line in (RECORDINGS / "manifest.jsonl").read_text().splitlines():
            yield json.loads(line)


@pytest.mark.recorded
@pytest.mark.skipif(not RECORDINGS.is_dir(), reason="the shared recordings are not beside the project")
def test_no_recorded_document_is_refused() -> None:
    kinds = {}
    for recorded in recordings():
        body = (RECORDINGS / recorded["file"]).read_bytes()
        for media_type in {recorded["content_type"], "text/html"}:
            if kind := refused(answer(body, media_type=media_type)):
                kinds[recorded["file"]] = kind
    assert kinds == {
        "eur-lex.europa.eu/aws_waf_challenge_202.html": "challenge",
        "www.legislation.gov.uk/cyanheads-2026-09/not-found-404.html": "soft404",
    }
