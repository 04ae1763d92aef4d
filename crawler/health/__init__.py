"""Health: whether each source gave what its listing always gives. Silence is visible.

assess(store, crawl, clock)    outcomes and issues of a crawl, before its entries are made
assess_helplines(store, crawl, clock)    the numbers for people in danger, which a person checks every 90 days
assess_reviews(store, crawl, clock)    the lists kept by hand, which a person reviews every 30 or 90 days
assess_series(store, crawl, clock)    after that: the editions of each series, and whether the next one has arrived
"""

from crawler.health.assess import assess as assess
from crawler.health.assess import assess_helplines as assess_helplines
from crawler.health.assess import assess_reviews as assess_reviews
from crawler.health.series import assess_series as assess_series
