"""Search that answers: a question as people type it, the documents and provisions that answer it, and their state."""

from crawler.public.search.families import Result as Result
from crawler.public.search.parse_query import MAX_QUERY_CHARACTERS as MAX_QUERY_CHARACTERS
from crawler.public.search.parse_query import shorten as shorten
from crawler.public.search.scope import Scope as Scope
from crawler.public.search.scope import UnknownScopeError as UnknownScopeError
from crawler.public.search.scope import read_scope as read_scope
from crawler.public.search.search import Found as Found
from crawler.public.search.search import find as find
from crawler.public.search.shown import END as END
from crawler.public.search.shown import START as START
from crawler.public.search.shown import Place as Place
from crawler.public.search.shown import Shown as Shown
from crawler.public.search.shown import details as details
