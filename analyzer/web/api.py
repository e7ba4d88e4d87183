"""The HTTP API, version 1: hand something in, watch it, take the result, correct it."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Annotated, Literal

from fastapi import APIRouter, File, Form, Path, Request, Response, UploadFile
from fastapi.responses import JSONResponse, StreamingResponse
from pydantic import BaseModel, Field

from analyzer.checklist.assessment import Assessment, Kind
from analyzer.errors import CallcheckError, TranscriptError
from analyzer.speech.typed import MAX_CHARACTERS, read_typed
from analyzer.web.by_hand import HandVerdict, hand_score
from analyzer.web.decoding import Channel
from analyzer.web.intake import order_of, profile_given
from analyzer.web.jobs import Desk, Job, State, keep_in_history
from analyzer.web.problems import problem, problem_of, responses
from analyzer.web.ranges import ranged

PREFIX = "/api/v1"
router = APIRouter(prefix=f"{PREFIX}/assessments", tags=["assessments"])
JobId = Annotated[str, Path(description="the assessment's id", max_length=64)]
_MEDIA_TYPES = {"html": "text/html", "json": "application/json", "csv": "text/csv",
                "md": "text/markdown"}  # fmt: skip


class JobState(BaseModel):
    """Where an assessment stands."""

    id: str
    name: str = Field(description="the file's name, never its path")
    kind: Kind
    state: State
    progress: float = Field(ge=0, le=1, description="share done of this step")
    position: int = Field(ge=0, description="how many are before it, while waiting")
    score: int | None = Field(description="null until it is done, or where there is no score")
    error: str | None = Field(description="why it failed, and what to do")


class HandVerdictIn(BaseModel):
    """A verdict set by hand."""

    verdict: HandVerdict


class CheckByHand(BaseModel):
    """The machine's verdict and the person's, side by side."""

    id: str
    title: str
    machine: str
    by_hand: HandVerdict | None


class ByHand(BaseModel):
    """Every check with both verdicts; ``score`` is what the verdicts by hand would give."""

    machine_score: int | None
    machine_grade: str | None
    score: int | None
    grade: str | None
    checks: list[CheckByHand]


class CorrectedText(BaseModel):
    """What was really said."""

    text: str = Field(min_length=1, max_length=MAX_CHARACTERS)


class Kept(BaseModel):
    """Where the history keeps it."""

    attempt: int


def desk_of(request: Request) -> Desk:
    """The desk of this server."""
    desk: Desk = request.app.state.desk
    return desk


def state_of(desk: Desk, job: Job) -> JobState:
    """A job as the API tells it."""
    return JobState(
        id=job.id, name=job.order.name, kind=job.order.kind, state=job.state,
        progress=round(job.progress, 3), position=desk.position(job),
        score=job.assessment.score if job.assessment else None,
        error=str(job.error) if job.error else None,
    )  # fmt: skip


@router.post(
    "", status_code=202, response_model=JobState, responses=responses(400, 401, 403, 413, 422, 503)
)
async def create(
    request: Request,
    file: Annotated[
        UploadFile | None, File(description="a recording, or a typed transcript")
    ] = None,
    text: Annotated[str | None, Form(description="a typed transcript, instead of a file")] = None,
    kind: Annotated[Kind, Form(description="what it is")] = "voicemail",
    profile: Annotated[
        str, Form(description="a kept profile's name, or the YAML or JSON of a profile")
    ] = "",
    channel: Annotated[Channel, Form(description="the caller's side of a stereo call")] = "mix",
    keep_audio: Annotated[
        bool, Form(description="hold a small copy in memory, to play with the result")
    ] = False,
    keep_history: Annotated[
        bool, Form(description="keep the result (never the sound) in the history")
    ] = False,
) -> Response:
    """Hand in a recording or a text; the answer says where to look."""
    desk = desk_of(request)
    order = await order_of(file if file and (file.filename or file.size) else None, text)
    try:
        order.profile, order.profile_name = profile_given(profile, desk)
    except CallcheckError:
        order.close()
        raise
    order.kind, order.channel = kind, channel
    order.keep_audio, order.keep_history = keep_audio, keep_history
    job = desk.submit(order, getattr(request.state, "place", None))
    return _state_answer(desk, job, location=True)


@router.get("", response_model=list[JobState], responses=responses(401))
async def index(request: Request) -> list[JobState]:
    """Everything held, oldest first."""
    desk = desk_of(request)
    return [state_of(desk, job) for job in desk.jobs]


@router.delete("", status_code=204, responses=responses(401, 403))
async def clear(request: Request) -> Response:
    """Stop and forget everything held (the history stays)."""
    await desk_of(request).forget_all()
    return Response(status_code=204)


@router.get(
    "/{job_id}",
    responses={
        200: {"model": Assessment, "description": "The assessment"},
        202: {"model": JobState, "description": "Not finished yet"},
        **responses(401, 404, 422, 500),
    },
)
async def show(request: Request, job_id: JobId) -> Response:
    """The state and progress while it is under way (202), then the assessment (200)."""
    desk = desk_of(request)
    job = desk.get(job_id)
    if job is None:
        return _unknown()
    if job.error is not None:
        return problem_of(job.error)
    if not job.finished or job.assessment is None:
        return _state_answer(desk, job)
    return JSONResponse(job.assessment.to_dict())


@router.delete("/{job_id}", status_code=204, responses=responses(401, 403, 404))
async def remove(request: Request, job_id: JobId) -> Response:
    """Cancel it if it is under way, and forget it, its recording included."""
    desk = desk_of(request)
    job = desk.get(job_id)
    if job is None:
        return _unknown()
    await desk.forget(job)
    return Response(status_code=204)


@router.get(
    "/{job_id}/events",
    response_class=StreamingResponse,
    responses={
        200: {"content": {"text/event-stream": {}}, "description": "One event a change"},
        **responses(401, 404),
    },
)
async def events(request: Request, job_id: JobId) -> Response:
    """Progress as server-sent events ``state``; ``gone`` ends them when it was cancelled."""
    desk = desk_of(request)
    job = desk.get(job_id)
    if job is None:
        return _unknown()
    return StreamingResponse(_events(desk, job), media_type="text/event-stream")


async def _events(desk: Desk, job: Job) -> AsyncIterator[str]:
    async for _ in desk.watch(job):
        name = "gone" if job.gone else "state"
        yield f"event: {name}\ndata: {state_of(desk, job).model_dump_json()}\n\n"


@router.get(
    "/{job_id}/audio",
    response_class=Response,
    responses={
        200: {"content": {"audio/mpeg": {}}, "description": "The recording"},
        206: {"content": {"audio/mpeg": {}}, "description": "A part of it"},
        416: {"description": "No such part"},
        **responses(401, 404),
    },
)
async def audio(request: Request, job_id: JobId) -> Response:
    """The recording, where it was kept with the result."""
    job = desk_of(request).get(job_id)
    if job is None or not job.audio:
        return _unknown()
    return ranged(job.audio, job.media_type, request.headers.get("range"))


@router.get(
    "/{job_id}/report",
    response_class=Response,
    responses={
        200: {
            "content": {name: {} for name in _MEDIA_TYPES.values()},
            "description": "The report as a file",
        },
        **responses(401, 404, 409, 422),
    },
)
async def report(
    request: Request,
    job_id: JobId,
    format: Literal["html", "json", "csv", "md"] = "html",
    redact: bool = False,
) -> Response:
    """Download the report; ``redact`` masks names, numbers and addresses."""
    job = desk_of(request).get(job_id)
    if job is None:
        return _unknown()
    if job.assessment is None:
        return _not_yet()
    from analyzer.web.downloads import render_download

    text = await render_download(job, job.assessment, format, redact=redact)
    return Response(
        text, media_type=_MEDIA_TYPES[format],
        headers={"Content-Disposition": f'attachment; filename="callcheck-report.{format}"'},
    )  # fmt: skip


@router.put(
    "/{job_id}/transcript",
    response_model=Assessment,
    responses=responses(400, 401, 403, 404, 409, 422, 500, 503),
)
async def correct(request: Request, job_id: JobId, given: CorrectedText) -> Response:
    """Score corrected words at once; the times heard are kept."""
    desk = desk_of(request)
    job = desk.get(job_id)
    if job is None:
        return _unknown()
    if job.assessment is None or job.heard is None:
        return _not_yet()
    await rescore(desk, job, given.text)
    return JSONResponse(job.assessment.to_dict())


@router.delete(
    "/{job_id}/transcript", response_model=Assessment, responses=responses(401, 403, 404, 409)
)
async def restore(request: Request, job_id: JobId) -> Response:
    """Go back to the words as they were heard."""
    job = desk_of(request).get(job_id)
    if job is None:
        return _unknown()
    if job.heard is None:
        return _not_yet()
    job.assessment = job.heard
    await keep_in_history(job)
    return JSONResponse(job.heard.to_dict())


async def rescore(desk: Desk, job: Job, text: str) -> None:
    """Score other words of a finished job.

    Raises:
        CallcheckError: there are no words, or they could not be scored.
        BusyError: too many corrections wait.
    """
    if job.heard is None:
        raise TranscriptError("There is nothing to correct.")
    words = read_typed(text.encode("utf-8", "replace"), name="the corrected text")
    order = job.order
    with desk.reading():
        if job.kept is not None:
            new = await desk.engine.correct(job.kept, words, job.heard, order.profile)
        else:
            new = await desk.engine.text(
                words, name=order.name, kind=order.kind, profile=order.profile
            )
    job.assessment = new.assessment
    await keep_in_history(job)


@router.get("/{job_id}/verdicts", response_model=ByHand, responses=responses(401, 404, 409))
async def verdicts(request: Request, job_id: JobId) -> Response:
    """The machine's verdicts and those set by hand, side by side."""
    return _verdicts_answer(request, desk_of(request).get(job_id))


@router.put(
    "/{job_id}/verdicts/{check_id}",
    response_model=ByHand,
    responses=responses(400, 401, 403, 404, 409, 422),
)
async def set_verdict(
    request: Request, job_id: JobId, check_id: str, given: HandVerdictIn
) -> Response:
    """Set a verdict by hand; the machine's stays beside it."""
    job = desk_of(request).get(job_id)
    if job is not None and job.assessment is not None:
        if not _has_check(job, check_id):
            return _unknown()
        job.by_hand[check_id] = given.verdict
    return _verdicts_answer(request, job)


@router.delete(
    "/{job_id}/verdicts/{check_id}",
    response_model=ByHand,
    responses=responses(401, 403, 404, 409),
)
async def unset_verdict(request: Request, job_id: JobId, check_id: str) -> Response:
    """Take a verdict set by hand back."""
    job = desk_of(request).get(job_id)
    if job is not None:
        job.by_hand.pop(check_id, None)
    return _verdicts_answer(request, job)


@router.post("/{job_id}/history", response_model=Kept, responses=responses(401, 403, 404, 409, 422))
async def keep(request: Request, job_id: JobId) -> Response:
    """Keep the result, never the sound, in the history."""
    job = desk_of(request).get(job_id)
    if job is None:
        return _unknown()
    if job.assessment is None:
        return _not_yet()
    job.order.keep_history = True
    if job.attempt is None:
        await keep_in_history(job)
    if job.attempt is None:
        return problem(409, job.note)
    return JSONResponse({"attempt": job.attempt})


def by_hand_of(request: Request, job: Job, assessment: Assessment) -> ByHand:
    """Both verdicts of every check, and the score by hand."""
    score = hand_score(assessment, job.by_hand, rules=request.app.state.settings.rules)
    return ByHand(
        machine_score=assessment.score, machine_grade=assessment.grade,
        score=score.score if score else None, grade=score.grade if score else None,
        checks=[
            CheckByHand(
                id=check.id, title=check.title, machine=check.verdict,
                by_hand=job.by_hand.get(check.id),  # type: ignore[arg-type]
            )
            for check in assessment.checks
        ],
    )  # fmt: skip


def _verdicts_answer(request: Request, job: Job | None) -> Response:
    if job is None:
        return _unknown()
    if job.assessment is None:
        return _not_yet()
    return JSONResponse(by_hand_of(request, job, job.assessment).model_dump())


def _has_check(job: Job, check_id: str) -> bool:
    return job.assessment is not None and any(c.id == check_id for c in job.assessment.checks)


def _state_answer(desk: Desk, job: Job, *, location: bool = False) -> Response:
    headers = {"Retry-After": "1"}
    if location:
        headers["Location"] = f"{PREFIX}/assessments/{job.id}"
    body = json.loads(state_of(desk, job).model_dump_json())
    return JSONResponse(body, 202, headers=headers)


def _unknown() -> Response:
    return problem(404, "There is nothing of this name (any more).",
                   "Results are forgotten after an hour; hand the recording in again.")  # fmt: skip


def _not_yet() -> Response:
    return problem(409, "It is not finished, or it failed.", "Ask for its state first.")
