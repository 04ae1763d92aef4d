"""What is derived from the rows of a crawl when it closes: duplicates, relevance, toolkit, calendar.

close(state) -> whether what a crawl saw belongs in the round-up, once it has seen everything
move(state, rows) -> bands that our rules changed since the last crawl, as the journal says
"""

from crawler.derive.bands import move as move
from crawler.derive.relevance import close as close
