"""Relevance: whether a document belongs into the round-up, by rule, and the words that decided it."""

from crawler.relevance.classify import borders as borders
from crawler.relevance.classify import classify as classify
from crawler.relevance.classify import version as version
from crawler.relevance.values import BANDS as BANDS
from crawler.relevance.values import PATIENCE as PATIENCE
from crawler.relevance.values import Band as Band
from crawler.relevance.values import Classified as Classified
from crawler.relevance.values import Found as Found
from crawler.relevance.values import Reason as Reason
from crawler.relevance.values import Texts as Texts
