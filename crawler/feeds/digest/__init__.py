"""A digest: the entries of a filter in a period, grouped by facts, as HTML, plain text and Markdown.

grouped(...)                            entries and what is known around them in, a Digest out
forms.text, forms.html, forms.markdown  a Digest in, a text out
"""

from crawler.feeds.digest.forms import FORMS
from crawler.feeds.digest.groups import grouped
from crawler.feeds.digest.values import Digest, Gap, Period, Recommendation

__all__ = ["FORMS", "Digest", "Gap", "Period", "Recommendation", "grouped"]
