"""Parts of a recording (RFC 9110 range requests), which players need to jump to a time."""

from __future__ import annotations

import re

from starlette.responses import Response

_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


def ranged(data: bytes, media_type: str, asked: str | None) -> Response:
    """All of it, or the one part asked for; a request this does not know gets all."""
    size = len(data)
    headers = {"Accept-Ranges": "bytes"}
    match = _RANGE.fullmatch(asked.strip()) if asked else None
    if match is None or match.group() == "bytes=-":
        return Response(data, 200, headers, media_type)
    first, last = match.groups()
    if len(first) > 15 or len(last) > 15:
        return Response(status_code=416, headers={"Content-Range": f"bytes */{size}"})
    start = int(first) if first else max(0, size - int(last))
    end = min(int(last), size - 1) if first and last else size - 1
    if start >= size or end < start:
        return Response(status_code=416, headers={"Content-Range": f"bytes */{size}"})
    headers["Content-Range"] = f"bytes {start}-{end}/{size}"
    return Response(data[start : end + 1], 206, headers, media_type)
