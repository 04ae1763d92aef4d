"""What is posted to the site: the body of a form, read no further than a form can be long. Nothing of it is kept."""

from __future__ import annotations

from datasette.utils.asgi import Request

from crawler.errors import RoundupError

KEPT_NOWHERE = {"Cache-Control": "no-store"}
"""Headers of what is answered to a form."""


class PostedError(RoundupError):
    """What was posted cannot be read: says why, for who posted it."""


class TooLargeError(PostedError):
    """More was posted than a form can hold."""


async def body(request: Request, media_type: str, most: int) -> bytes:
    """Return the body of a form of a media type and of at most so many bytes.

    Raises:
        PostedError: it is of another type, too long (TooLargeError), or broke off.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != media_type:
        raise PostedError(f"A form is sent as {media_type}, as browsers do by themselves.")
    stated = request.headers.get("content-length", "")
    if stated and (not (stated.isascii() and stated.isdigit()) or len(stated) > 20):
        raise PostedError("This request does not say properly how long it is.")
    if stated and int(stated) > most:
        raise TooLargeError(_too_large(most))
    found, is_more = bytearray(), True
    while is_more:
        message = await request.receive()
        if message["type"] != "http.request":
            raise PostedError("The form broke off before its end.")
        found += message.get("body", b"")
        is_more = message.get("more_body", False)
        if len(found) > most:
            raise TooLargeError(_too_large(most))
    return bytes(found)


def _too_large(most: int) -> str:
    return f"What is sent here may be at most {most // 1000:,} kilobytes long. Nothing was kept."
