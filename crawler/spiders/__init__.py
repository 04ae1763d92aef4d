"""The network: one engine and one spider for all sources, over Scrapy and Twisted, which are imported only here.

``engine.crawl(options)`` makes one crawl from start to end. Importing this package costs nothing; importing
:mod:`crawler.spiders.engine` costs more than a second, so that is done where a crawl really starts.

Modules: :mod:`engine`, :mod:`session` (a crawl in this process, and its end) · :mod:`spider`, :mod:`settings` (the
Scrapy project) · :mod:`scheduler` (hosts and their requests) · :mod:`fetch` (one request) · :mod:`network`,
:mod:`robots`, :mod:`redirects`, :mod:`throttle` (manners) · :mod:`handlers`, :mod:`size_limits`, :mod:`connections`,
:mod:`address_policy` (the wire, through Scrapy) · :mod:`hands` (the wire of other machines) · :mod:`values` ·
:mod:`heartbeat` (a call to a monitor).
"""
