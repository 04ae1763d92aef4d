"""Scrapy's settings. What the engine does itself is switched off, and so is everything that opens a port.

Retries, redirects, robots.txt, validators, codings, pace and queue are ours (:mod:`crawler.spiders.fetch`), because
each try and each hop is archived, and because the queue must survive a kill.
"""

from typing import Any

from crawler import __version__

BOT_NAME = "roundup"
SPIDER_MODULES = ["crawler.spiders.spider"]
NEWSPIDER_MODULE = "crawler.spiders.spider"
USER_AGENT = f"roundup/{__version__}"

TWISTED_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"
CONCURRENT_REQUESTS = 16
CONCURRENT_REQUESTS_PER_DOMAIN = 16
DOWNLOAD_DELAY = 0
DOWNLOAD_VERIFY_CERTIFICATES = True
DOWNLOAD_HANDLERS = {
    "http": "crawler.spiders.handlers.NetworkHandler",
    "https": "crawler.spiders.handlers.NetworkHandler",
    "data": None,
    "file": None,
    "ftp": None,
    "s3": None,
}

TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
COOKIES_ENABLED = False
DOWNLOADER_MIDDLEWARES_BASE: dict[str, int] = {}
SPIDER_MIDDLEWARES_BASE: dict[str, int] = {}
EXTENSIONS_BASE: dict[str, int] = {}
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"
STATS_DUMP = False
LOG_LEVEL = "WARNING"


def settings(*, replay: bool) -> dict[str, Any]:
    """Return the settings of a crawl: of servers, or of recorded captures."""
    found = {name: value for name, value in globals().items() if name.isupper()}
    if replay:
        handler = "crawler.spiders.handlers.ReplayHandler"
        found["DOWNLOAD_HANDLERS"] = {**DOWNLOAD_HANDLERS, "http": handler, "https": handler}
    return found
