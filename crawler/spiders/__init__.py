"""The network: one engine and one spider for all sources, over Scrapy and Twisted, which are imported only here.

``engine.crawl(options)`` makes one crawl from start to end. Importing this package costs nothing; importing
:mod:`crawler.spiders.engine` costs more than a second, so that is done where a crawl really starts.

Modules: :mod:`engine`, :mod:`opening` (a crawl in this process) · :mod:`spider`, :mod:`settings` (the Scrapy project) ·
:mod:`drive` (hosts and their requests) · :mod:`backlog` (what there was no time for) · :mod:`asking` (one request),
:mod:`tries` · :mod:`network`, :mod:`robots`, :mod:`redirects`, :mod:`pace` (manners) · :mod:`stop` · :mod:`handlers`,
:mod:`heads`, :mod:`bodies`, :mod:`endpoints`, :mod:`addresses` (the wire, through Scrapy) · :mod:`values`.
"""
