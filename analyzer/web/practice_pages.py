"""Profile, script, plan and history as pages, on the functions the command line uses."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import APIRouter, Form, Query, Request
from pydantic import ValidationError
from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, RedirectResponse, Response

from analyzer.checklist.assessment import Kind
from analyzer.errors import CallcheckError, HistoryError
from analyzer.web.api import desk_of
from analyzer.web.intake import profile_given
from analyzer.web.pages import kept_profiles
from analyzer.web.render import page

if TYPE_CHECKING:
    from analyzer.practice.history.progress import Trend
    from analyzer.practice.profile import Profile
    from analyzer.web.jobs import Desk

router = APIRouter()
_MOST_SHOWN = 12


@router.get("/profile")
async def profile_page(request: Request, saved: str = "") -> Response:
    """The form, with what is known."""
    desk = desk_of(request)
    return HTMLResponse(await _profile_html(desk, _answers(desk.profile), saved=saved))


@router.post("/profile/use")
async def take_profile(request: Request, name: Annotated[str, Form()]) -> Response:
    """Take a kept profile up for this session."""
    desk = desk_of(request)
    desk.profile = (await asyncio.to_thread(profile_given, name, desk))[0]
    desk.script = None
    return RedirectResponse("/profile", 303)


@router.post("/profile")
async def use_profile(request: Request) -> Response:
    """Take the answers up for this session; keep them on the computer where asked."""
    from analyzer.practice.profiles import keep_path, write_profile
    from analyzer.practice.questions import profile_from

    desk = desk_of(request)
    form = await request.form()
    answers = _given(form)
    problems = _problems(answers)
    made: Profile | None = None
    if not problems:
        try:
            made = _with_sounds(profile_from(answers), desk.profile)
        except ValidationError as error:
            problems["interview.promised_by"] = _said(error)
    if made is None:
        return HTMLResponse(await _profile_html(desk, answers, problems), 422)
    desk.profile, desk.script = made, None
    name = str(form.get("keep_as") or "").strip()
    if form.get("keep") and name:
        try:
            await asyncio.to_thread(write_profile, keep_path(name), made)
        except CallcheckError as error:
            problems["keep_as"] = str(error)
            return HTMLResponse(await _profile_html(desk, answers, problems), 422)
        return RedirectResponse("/profile?saved=kept", 303)
    return RedirectResponse("/profile?saved=session", 303)


@router.post("/profile/forget")
async def forget_profile(request: Request, name: Annotated[str, Form()] = "") -> Response:
    """Forget the session's profile, or delete a kept one."""
    from analyzer.practice.profiles import kept_names, profiles_folder

    if not name:
        desk_of(request).profile = None
    for kept in kept_names():
        if kept == name:
            (profiles_folder() / f"{kept}.yaml").unlink(missing_ok=True)
    return RedirectResponse("/profile", 303)


@router.get("/profile.yaml")
async def profile_yaml(request: Request) -> Response:
    """The session's profile as a file for the command line."""
    from analyzer.practice.profiles import as_yaml

    made = desk_of(request).profile
    if made is None:
        return RedirectResponse("/profile", 303)
    headers = {"Content-Disposition": 'attachment; filename="me.yaml"'}
    return Response(as_yaml(made), media_type="application/yaml", headers=headers)


@router.get("/script")
async def script_page(request: Request) -> Response:
    """Choose what kind of script; see the last one."""
    desk = desk_of(request)
    return HTMLResponse(page("script.html.j2", current="/script", desk=desk, problem=""))


@router.post("/script")
async def write_script(
    request: Request,
    kind: Annotated[Kind, Form()] = "voicemail",
    style: Annotated[Literal["warm", "formal", "brief"], Form()] = "warm",
    seed: Annotated[int, Form(ge=0, le=9999)] = 0,
    draft: Annotated[str, Form(max_length=20_000)] = "",
) -> Response:
    """Write a script that passes its own checklist."""
    desk = desk_of(request)
    order = {"kind": kind, "style": style, "seed": seed, "draft": draft.strip()}
    try:
        with desk.reading():
            made = await desk.engine.script(order, desk.profile)
    except CallcheckError as error:
        html = page("script.html.j2", current="/script", desk=desk, problem=str(error))
        return HTMLResponse(html, 422)
    desk.script = {**made, **order}
    return RedirectResponse("/script", 303)


@router.get("/plan")
async def plan_page(
    request: Request, today: date | None = None, country: Annotated[str, Query()] = ""
) -> Response:
    """When to call, whom, and what comes before and after."""
    made = desk_of(request).profile
    plan, problem = None, ""
    if made is not None:
        try:
            plan = await asyncio.to_thread(_plan, made, today, country)
        except CallcheckError as error:
            problem = str(error)
    return HTMLResponse(
        page("plan.html.j2", current="/plan", plan=plan, problem=problem, profile=made)
    )


@router.get("/plan.ics")
async def plan_calendar(request: Request, today: date | None = None) -> Response:
    """The plan as a calendar file."""
    from analyzer.practice.planner.calendar_file import to_ics

    made = desk_of(request).profile
    if made is None:
        return RedirectResponse("/plan", 303)
    text = to_ics(await asyncio.to_thread(_plan, made, today, ""), made)
    headers = {"Content-Disposition": 'attachment; filename="follow-up-call.ics"'}
    return Response(text, media_type="text/calendar", headers=headers)


@router.get("/history")
async def history_page(request: Request, kind: Kind | None = None) -> Response:
    """The attempts kept, and how each check went over them."""
    kept, trend, problem = await asyncio.to_thread(_history, kind)
    return HTMLResponse(
        page(
            "history.html.j2",
            current="/history",
            attempts=kept,
            trend=trend,
            problem=problem,
            line=_line(trend) if trend else [],
            kind=kind,
            most=_MOST_SHOWN,
        )
    )


@router.get("/history/compare")
async def compare_page(request: Request, first: int, second: int) -> Response:
    """Two attempts, check by check."""
    from analyzer.practice.history.progress import compare

    comparison = await asyncio.to_thread(compare, *sorted((first, second)))
    return HTMLResponse(page("compare.html.j2", current="/history", comparison=comparison))


@router.get("/history/{number}")
async def attempt_page(request: Request, number: int) -> Response:
    """The whole report of an attempt again (its sound was never kept)."""
    from markupsafe import Markup

    from analyzer.practice.history import load
    from analyzer.report.html import render_body

    attempt, assessment = await asyncio.to_thread(load, number)
    body = Markup(render_body(assessment))
    return HTMLResponse(page("attempt.html.j2", current="/history", attempt=attempt, body=body))


@router.post("/history/delete")
async def delete_attempt(request: Request, number: Annotated[int, Form()]) -> Response:
    """Delete one attempt for good."""
    from analyzer.practice import history

    await asyncio.to_thread(history.delete, number)
    return RedirectResponse("/history", 303)


def _with_sounds(made: Profile, before: Profile | None) -> Profile:
    """Keep how names sound, which the form does not ask, while the names stay the same."""
    if before is None:
        return made
    update = {}
    for who in ("candidate", "manager"):
        new, old = getattr(made, who), getattr(before, who)
        if new.name == old.name:
            update[who] = new.model_copy(update={"sounds_like": old.sounds_like})
    return made.model_copy(update=update)


async def _profile_html(
    desk: Desk, answers: dict[str, Any], problems: dict[str, str] | None = None, *,
    saved: str = "",
) -> str:  # fmt: skip
    from analyzer.practice.questions import QUESTIONS

    return page(
        "profile.html.j2", current="/profile", questions=QUESTIONS, answers=answers,
        problems=problems or {}, profiles=await kept_profiles(), desk=desk,
        saved=saved,
        zones=_zones(),
    )  # fmt: skip


def _zones() -> list[str]:
    """Time zones by their usual names: Europe/London, not GB or Etc/GMT."""
    from zoneinfo import available_timezones

    odd = ("Etc", "SystemV", "US", "Brazil", "Canada", "Chile", "Mexico")
    return sorted(z for z in available_timezones() if "/" in z and z.split("/")[0] not in odd)


def _answers(profile: Profile | None) -> dict[str, Any]:
    """A profile as the form's answers; dates as people type them."""
    from analyzer.practice.questions import QUESTIONS

    data = profile.model_dump(mode="json") if profile else {}
    answers: dict[str, Any] = {}
    for question in QUESTIONS:
        value: Any = data
        for part in question.field.split("."):
            value = (value or {}).get(part)
        if question.field in ("call.planned_at", "thank_you_email_sent_at") and value:
            value = value.replace("T", " ").removesuffix(":00")
        answers[question.field] = value
    return answers


def _given(form: FormData) -> dict[str, Any]:
    from analyzer.practice.questions import QUESTIONS

    answers: dict[str, Any] = {}
    for question in QUESTIONS:
        text = str(form.get(question.field) or "").strip()[:2000]
        if question.yes_no:
            answers[question.field] = bool(text)
        elif question.many:
            answers[question.field] = [line.strip() for line in text.splitlines() if line.strip()]
        else:
            answers[question.field] = text or None
    return answers


def _problems(answers: dict[str, Any]) -> dict[str, str]:
    from analyzer.practice.questions import QUESTIONS, problem_with

    found: dict[str, str] = {}
    for question in QUESTIONS:
        answer = answers[question.field]
        problem = problem_with(question, answer) if answer else None
        if problem:
            found[question.field] = problem.partition(": ")[2] or problem
    return found


def _said(error: ValidationError) -> str:
    return str(error.errors()[0]["msg"]).removeprefix("Value error, ")


def _plan(profile: Profile, today: date | None, country: str) -> Any:
    from analyzer.practice.planner import make_plan

    return make_plan(profile, today=today or date.today(), country=country or None)


def _history(kind: Kind | None) -> tuple[list[Any], Trend | None, str]:
    from analyzer.practice.history import attempts
    from analyzer.practice.history.progress import trend

    try:
        kept = attempts(kind=kind)
        made = trend(kind=kind, limit=_MOST_SHOWN) if kept else None
    except HistoryError as error:
        return [], None, str(error)
    return list(reversed(kept)), made, ""


def _line(trend: Trend) -> list[dict[str, Any]]:
    """Points of the drawn line: percent from the left, and the score."""
    count = max(1, len(trend.attempts) - 1)
    return [
        {"x": round(4 + 92 * index / count, 2), "score": attempt.score, "id": attempt.id,
         "provisional": attempt.provisional, "grade": attempt.grade}
        for index, attempt in enumerate(trend.attempts)
        if attempt.score is not None
    ]  # fmt: skip
