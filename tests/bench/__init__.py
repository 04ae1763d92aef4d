"""What a crawl costs, measured: ``make bench``. No part of the tests: it takes a minute and wants the machine alone."""
