"""The site: one SQLite file in, pages and feeds out, by Datasette with a plugin of ours.

site(db_path, public_url=…, authority=…)    the Datasette application: for tests and other servers
serve(db_path, host=…, port=…, …)           serve it until interrupted
"""

from crawler.publish.app import SiteAddress, serve, site

__all__ = ["SiteAddress", "serve", "site"]
