"""Put the parts together: the guard in front, the limits behind it, then pages and API."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response

from analyzer import __version__
from analyzer.errors import CallcheckError
from analyzer.web import api, pages, practice_pages
from analyzer.web.engine import Engine, ProcessEngine
from analyzer.web.jobs import BusyError, Desk
from analyzer.web.limits import BodyLimit
from analyzer.web.problems import busy, problem, problem_of
from analyzer.web.render import page
from analyzer.web.security import Guard
from analyzer.web.settings import Settings


def create_app(settings: Settings, *, engine: Engine | None = None, warm: bool = False) -> FastAPI:
    """The whole application.

    Args:
        settings: limits and the token.
        engine: who decodes, hears and reads (default: processes of their own).
        warm: load the models at once instead of with the first recording.
    """
    desk = Desk(engine or ProcessEngine(settings), settings)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        desk.open(warm=warm)
        yield
        await desk.close()

    app = FastAPI(
        title="callcheck", version=__version__, lifespan=lifespan,
        description="An offline coach for the follow-up call after a job interview.",
        openapi_url="/api/v1/openapi.json", docs_url=None, redoc_url=None,
        # the interactive pages would load scripts from another site
    )  # fmt: skip
    app.state.desk, app.state.settings = desk, settings
    app.include_router(api.router)
    app.include_router(pages.router, include_in_schema=False)
    app.include_router(practice_pages.router, include_in_schema=False)
    _handle_errors(app)
    app.add_middleware(BodyLimit, settings=settings, desk=desk)
    sign_in = HTMLResponse(page("sign_in.html.j2", wrong=False), 401)
    app.add_middleware(Guard, settings=settings, sign_in=sign_in)
    app.state.guard = Guard(app, settings=settings, sign_in=sign_in)  # for the sign-in form
    return app


def _handle_errors(app: FastAPI) -> None:
    @app.exception_handler(CallcheckError)
    async def named(request: Request, error: CallcheckError) -> Response:
        return _shown(request, problem_of(error), error.message, error.next_step)

    @app.exception_handler(BusyError)
    async def too_much(request: Request, error: BusyError) -> Response:
        return busy(error.retry_after_s)

    @app.exception_handler(HTTPException)
    async def refused(request: Request, error: HTTPException) -> Response:
        detail = {404: "There is no such page.", 405: "This cannot be done here."}.get(
            error.status_code, str(error.detail)
        )
        answer = problem(error.status_code, detail, headers=dict(error.headers or {}))
        return _shown(request, answer, detail, "")

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"] if part not in ("body", "query"))
        detail = f"{where or 'The request'}: {first['msg']}"[:300]
        return _shown(request, problem(422, detail), detail, "")

    @app.exception_handler(Exception)
    async def mistake(request: Request, error: Exception) -> Response:
        return problem(500, f"callcheck made a mistake ({type(error).__name__}).")


def _shown(request: Request, answer: Response, detail: str, next_step: str) -> Response:
    """The answer itself for the API, a page that says the same for a person."""
    if request.url.path.startswith("/api/"):
        return answer
    html = page("problem.html.j2", current="", detail=detail, next_step=next_step)
    return HTMLResponse(html, answer.status_code)
