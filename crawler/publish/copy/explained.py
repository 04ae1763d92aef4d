"""The page of a copy that says what it is, what it leaves out, and which data it holds."""

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from crawler.public import standing
from crawler.public.sheets import LICENCES, TABLES
from crawler.publish.dictionary import descriptions
from crawler.publish.server.responses import MissingError, ask, page, render
from crawler.publish.settings import own


@page
async def explained(datasette: Datasette, request: Request) -> Response:
    """Return the page; where the site answers by itself there is none.

    Raises:
        MissingError: this is no copy.
    """
    if not own(datasette).is_copy:
        raise MissingError("This is the site itself, and no copy.")
    told = descriptions()
    values = {
        "files": [(name, told[name]) for name in TABLES],
        "licences": LICENCES,
        "publishers": await ask(datasette, standing.publishers),
    }
    return await render(datasette, request, "copy.html", values)
