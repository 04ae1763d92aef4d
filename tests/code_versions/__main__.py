"""``make versions``: what our code is, as a crawl reads it."""

import json

from crawler.code_versions import FILE
from tests.code_versions.closure import computed, file_digest

FILE.write_text(json.dumps(computed(file_digest), indent=0) + "\n", "utf-8")
