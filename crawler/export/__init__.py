"""The public database made of the private one: what may be seen is decided here, once.

export(path)           public.db beside a roundup.db, whole or not at all
folder(path, target)   that file with all that a plain Datasette wants
"""

from crawler.export.folder import folder
from crawler.export.public import export

__all__ = ["export", "folder"]
