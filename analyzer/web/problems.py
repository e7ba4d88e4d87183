"""Errors as answers: ``application/problem+json`` (RFC 9457) with the next step beside it."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Field
from starlette.responses import JSONResponse

from analyzer.errors import CallcheckError, MissingNeedError
from analyzer.web.mistakes import MistakeError

MEDIA_TYPE = "application/problem+json"
_TITLES = {
    400: "Bad request", 401: "Token needed", 403: "Not allowed", 404: "Not found",
    405: "Method not allowed", 409: "Not now", 413: "Too large",
    421: "Wrong host", 422: "Not usable", 500: "Mistake", 503: "Busy",
}  # fmt: skip


class Problem(BaseModel):
    """What went wrong, and what to do."""

    title: str = Field(description="the kind of problem")
    status: int = Field(description="the HTTP status")
    detail: str = Field(description="what happened")
    next_step: str = Field(default="", description="what to do, or an empty string")


def problem(
    status: int, detail: str, next_step: str = "", *, headers: dict[str, str] | None = None
) -> JSONResponse:
    """An error answer."""
    body = Problem(
        title=_TITLES.get(status, "Problem"), status=status, detail=detail, next_step=next_step
    )
    return JSONResponse(body.model_dump(), status, headers=headers, media_type=MEDIA_TYPE)


def problem_of(error: CallcheckError) -> JSONResponse:
    """An error as an answer: 500 for our mistake or something missing here, else 422."""
    status = 500 if isinstance(error, (MissingNeedError, MistakeError)) else 422
    return problem(status, error.message, error.next_step)


def busy(retry_after_s: int) -> JSONResponse:
    """Too much is waiting."""
    return problem(
        503, "Other recordings are waiting to be checked.",
        f"Try again in about {retry_after_s} seconds.",
        headers={"Retry-After": str(retry_after_s)},
    )  # fmt: skip


def responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The problems a route may answer with, for the OpenAPI description."""
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {
        status: {"model": Problem, "description": _TITLES[status], "content": content}
        for status in statuses
    }
