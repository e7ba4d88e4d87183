"""Pages to hand a recording in, to watch it, and to look at the result."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Form, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from analyzer.web.api import by_hand_of, desk_of, state_of
from analyzer.web.render import page, static_file
from analyzer.web.security import SIGN_IN

if TYPE_CHECKING:
    from analyzer.checklist.assessment import Assessment
    from analyzer.practice.history.progress import Comparison
    from analyzer.web.jobs import Desk, Job

router = APIRouter()


@router.get("/")
async def home(request: Request) -> Response:
    """Hand something in."""
    desk = desk_of(request)
    settings = request.app.state.settings
    return HTMLResponse(
        page(
            "home.html.j2",
            current="/",
            profiles=await kept_profiles(),
            desk=desk,
            cues=_cues(desk, settings.rules),
            settings=settings,
            jobs=[state_of(desk, job) for job in reversed(desk.jobs)],
            official=_official_model(settings.model),
        )
    )


@router.get("/results/{job_id}")
async def result(request: Request, job_id: str) -> Response:
    """The progress of one thing handed in, then its report."""
    desk = desk_of(request)
    job = desk.get(job_id)
    if job is None:
        html = page(
            "problem.html.j2", current="", detail="This result is not here any more.",
            next_step="Results are forgotten after an hour; hand the recording in again.",
        )  # fmt: skip
        return HTMLResponse(html, 404)
    if job.error is not None:
        return HTMLResponse(page("failed.html.j2", current="/", job=job))
    if not job.finished or job.assessment is None:
        state = state_of(desk, job)
        return HTMLResponse(page("progress.html.j2", current="/", job=job, state=state))
    return HTMLResponse(await result_page(request, desk, job, job.assessment))


async def result_page(request: Request, desk: Desk, job: Job, assessment: Assessment) -> str:
    """The report and everything one can do with it."""
    from analyzer.report.html import render_body

    audio_url = f"/api/v1/assessments/{job.id}/audio" if job.audio else None
    return page(
        "result.html.j2", current="/", job=job, a=assessment,
        body=_safe(render_body(assessment, audio_url=audio_url)),
        hand=by_hand_of(request, job, assessment),
        comparison=await asyncio.to_thread(compared, desk, job, assessment),
    )  # fmt: skip


@router.get("/static/{name}")
async def static(name: str) -> Response:
    """A style sheet, a script or the icon."""
    try:
        data, media_type = static_file(name)
    except KeyError:
        return Response(status_code=404)
    return Response(data, media_type=media_type)


@router.get("/favicon.ico")
async def favicon() -> Response:
    """Browsers ask for it whatever the page says."""
    return RedirectResponse("/static/icon.svg", 308)


@router.post(SIGN_IN)
async def sign_in(request: Request, token: Annotated[str, Form()] = "") -> Response:
    """Open the page with the token typed in."""
    guard = request.app.state.guard
    if guard.is_token(token.strip()):
        response: Response = guard.let_in("/")
        return response
    return HTMLResponse(page("sign_in.html.j2", wrong=True), 401)


@router.get("/delete-everything")
async def ask_delete(request: Request) -> Response:
    """Say what would be deleted."""
    desk = desk_of(request)
    return HTMLResponse(
        page(
            "delete.html.j2",
            current="",
            held=len(desk.jobs),
            has_profile=bool(desk.profile),
            attempts=await asyncio.to_thread(_attempts_kept),
            profiles=await kept_profiles(),
        )
    )


@router.post("/delete-everything")
async def delete_everything(request: Request) -> Response:
    """Delete results, recordings, the history and every profile, for good."""
    await desk_of(request).forget_all()
    await asyncio.to_thread(_delete_kept)
    return HTMLResponse(page("deleted.html.j2", current=""))


async def kept_profiles() -> list[str]:
    """Names of the profiles kept on this computer."""
    from analyzer.practice.profiles import kept_names

    return await asyncio.to_thread(kept_names)


def compared(desk: Desk, job: Job, assessment: Assessment) -> Comparison | None:
    """Against the one before in this session, else the last one in the history, if any."""
    from analyzer.errors import HistoryError
    from analyzer.practice import history
    from analyzer.practice.history.progress import compare_loaded

    now = _as_attempt(job, assessment, number=0)
    before = desk.before(job)
    if before is not None and before.assessment is not None:
        earlier = before.assessment
        return compare_loaded(_as_attempt(before, earlier, number=0), earlier, now, assessment)
    try:
        kept = [
            attempt
            for attempt in history.attempts(kind=assessment.kind, limit=2)
            if attempt.id != job.attempt and attempt.score is not None
        ]
        if not kept:
            return None
        return compare_loaded(*history.load(kept[-1].id), now, assessment)
    except HistoryError:
        return None


def _as_attempt(job: Job, assessment: Assessment, *, number: int) -> Any:
    from datetime import datetime, timezone

    from analyzer.practice.history import Attempt

    return Attempt(
        id=number, made_at=datetime.fromtimestamp(job.made_at, timezone.utc),
        kind=assessment.kind, status=assessment.status, score=assessment.score,
        grade=assessment.grade, provisional=assessment.provisional,
        source_name=assessment.source.name, duration_s=assessment.source.duration_s,
        model=assessment.transcript.model, rules=assessment.versions.get("rules"),
        profile_name=job.order.profile_name,
    )  # fmt: skip


def _cues(desk: Desk, rules: Any) -> list[dict[str, str]]:
    """What to say while recording: the checks of a voicemail, in the order of a call."""
    from analyzer.checklist.loader import load_pack

    pack = load_pack(rules)
    return [
        {"title": check.title, "voicemail": str(pack.weights["voicemail"].get(check.id, 0)),
         "call": str(pack.weights["call"].get(check.id, 0))}
        for check in pack.checks
        if check.polarity == "required"
    ]  # fmt: skip


def _official_model(model: str) -> bool:
    """Whether a model that hears people is used."""
    from analyzer.speech.choose import BUILTIN_NAME, installed_models

    return model != BUILTIN_NAME and (model != "auto" or bool(installed_models()))


def _attempts_kept() -> int:
    from analyzer.errors import HistoryError
    from analyzer.practice import history

    try:
        return len(history.attempts())
    except HistoryError:
        return 0


def _delete_kept() -> None:
    from analyzer.practice import history
    from analyzer.practice.profiles import kept_names, profiles_folder

    for name in kept_names():
        (profiles_folder() / f"{name}.yaml").unlink(missing_ok=True)
    history.delete_all()


def _safe(html: str) -> Any:
    from markupsafe import Markup

    return Markup(html)
