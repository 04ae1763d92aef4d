"""The network: one engine and one spider for all sources, over Scrapy and Twisted, which are imported only here.

``engine.crawl(options)`` makes one crawl from start to end. Importing this package costs nothing; importing
:mod:`crawler.spiders.engine` costs more than a second, so that is done where a crawl really starts.

Modules: :mod:`engine` · :mod:`spider` and :mod:`settings` (the Scrapy project) · :mod:`drive` (hosts and their
requests) · :mod:`asking` (one request: hops and tries) · :mod:`robots` · :mod:`redirects` · :mod:`pace` · :mod:`stop` ·
:mod:`fetching` (through Scrapy) · :mod:`handlers`, :mod:`bodies`, :mod:`endpoints`, :mod:`addresses` (the wire).
"""
