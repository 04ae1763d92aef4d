"""Relevance: whether a document belongs in the round-up, by rule, and the words that decided it."""

from crawler.classify.relevance.classify import borders as borders
from crawler.classify.relevance.classify import classify as classify
from crawler.classify.relevance.classify import version as version
from crawler.classify.relevance.values import BANDS as BANDS
from crawler.classify.relevance.values import PATIENCE as PATIENCE
from crawler.classify.relevance.values import Band as Band
from crawler.classify.relevance.values import Classified as Classified
from crawler.classify.relevance.values import Found as Found
from crawler.classify.relevance.values import Reason as Reason
from crawler.classify.relevance.values import Texts as Texts
