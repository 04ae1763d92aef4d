"""Health: whether each source gave what its listing always gives. Silence is visible.

assess(store, crawl, clock)    outcomes and issues of a crawl, before its entries are made
"""

from crawler.health.assess import assess as assess
