"""The process that hears and reads: loads its models once, answers one order at a time.

Run as ``python -m analyzer.web.worker_child``; orders come on standard input, answers go to
standard output, both as ``analyzer.web.frames``. It ends when its input ends.
"""

from __future__ import annotations

import dataclasses
import os
import sys
from collections.abc import Callable
from typing import Any, BinaryIO

from analyzer.errors import CallcheckError
from analyzer.web import frames
from analyzer.web.mistakes import print_place

_STEP = 0.01
Answer = tuple[dict[str, Any], bytes]


def main() -> None:
    """Answer orders until there are no more."""
    orders = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_RDWR), 0)
    os.dup2(2, 1)  # what a library prints must not end up among the answers
    while (order := frames.read(orders)) is not None:
        frames.write(answers, _answered(*order, answers))


def _answered(order: dict[str, Any], body: bytes, answers: BinaryIO) -> dict[str, Any]:
    try:
        return {"type": "done", **_OPERATIONS[order["op"]](order, body, _teller(answers))}
    except CallcheckError as error:
        return {
            "type": "error", "name": type(error).__name__, "message": error.message,
            "next_step": error.next_step,
        }  # fmt: skip
    except Exception as error:  # a mistake of ours: its name helps, the person's words do not
        print_place(error)
        return {"type": "mistake", "name": type(error).__name__}


def _teller(answers: BinaryIO) -> Callable[[str, float], None]:
    told = {"step": "", "share": 0.0}

    def tell(step: str, share: float) -> None:
        if step != told["step"] or share >= float(told["share"]) + _STEP:  # type: ignore[arg-type]
            told.update(step=step, share=share)
            frames.write(answers, {"type": "progress", "step": step, "share": share})

    return tell


def _warm(order: dict[str, Any], body: bytes, tell: Any) -> dict[str, Any]:
    from analyzer.assess import assess_text

    if order.get("model"):
        import numpy as np

        from analyzer.audio.waveform import Waveform

        engine = _engine(order["model"])
        with _quiet():
            engine.transcribe(Waveform(np.zeros(1600, np.int16)))
    assess_text("Hello.", rules=order.get("rules"))
    return {}


def _recording(order: dict[str, Any], body: bytes, tell: Any) -> dict[str, Any]:
    import numpy as np

    from analyzer.assess import assess_waveform
    from analyzer.audio.level import levels_of
    from analyzer.audio.waveform import Waveform

    waveform = Waveform(
        np.frombuffer(body, "<i2").astype(np.int16), name=order["name"],
        warnings=tuple(order["warnings"]),
    )  # fmt: skip
    with _quiet():
        assessment, transcript = assess_waveform(
            waveform, kind=order["kind"], engine=_engine(order["model"]),
            profile=_profile(order), rules=order.get("rules"), progress=tell,
        )  # fmt: skip
    heard = {
        "transcript": dataclasses.asdict(transcript), "warnings": order["warnings"],
        "levels": dataclasses.asdict(levels_of(waveform.samples)),
    }  # fmt: skip
    return {"assessment": assessment.to_dict(), "heard": heard}


def _text(order: dict[str, Any], body: bytes, tell: Any) -> dict[str, Any]:
    from analyzer.assess import assess_text

    assessment = assess_text(
        order["text"], kind=order["kind"], profile=_profile(order), rules=order.get("rules"),
        name=order["name"],
    )  # fmt: skip
    return {"assessment": assessment.to_dict()}


def _correct(order: dict[str, Any], body: bytes, tell: Any) -> dict[str, Any]:
    from analyzer.assess import assess_transcript
    from analyzer.audio.level import Levels
    from analyzer.speech.correct import corrected

    heard = order["heard"]
    transcript = corrected(_transcript(heard["transcript"]), order["text"])
    assessment = assess_transcript(
        transcript, kind=order["kind"], profile=_profile(order), rules=order.get("rules"),
        name=order["name"], duration_s=order["duration_s"], warnings=heard["warnings"],
        levels=Levels(**heard["levels"]),
    )  # fmt: skip
    return {"assessment": assessment.to_dict()}


def _script(order: dict[str, Any], body: bytes, tell: Any) -> dict[str, Any]:
    from analyzer.assess import assess_text
    from analyzer.practice.script import build_script, verified_script
    from analyzer.practice.script.export import as_text

    profile = _profile(order)
    if profile is None:
        from analyzer.practice.profile import Profile

        profile = Profile()

    def judge(text: str) -> Any:
        return assess_text(text, kind=order["kind"], profile=profile, rules=order.get("rules"))

    script = build_script(
        profile, kind=order["kind"], style=order["style"], seed=int(order["seed"])
    )
    if order.get("draft"):
        from analyzer.practice.script.like import like_draft

        script = like_draft(order["draft"], script, judge)
    script = verified_script(script, judge)
    assessment = judge(script.spoken)
    return {
        "kind": script.kind, "turns": [[part.text for part in turn] for turn in script.turns],
        "seconds": script.seconds, "missing": list(script.missing), "text": as_text(script),
        "warnings": list(script.warnings), "score": assessment.score, "grade": assessment.grade,
    }  # fmt: skip


_OPERATIONS: dict[str, Callable[[dict[str, Any], bytes, Any], dict[str, Any]]] = {
    "warm": _warm, "recording": _recording, "text": _text, "correct": _correct, "script": _script,
}  # fmt: skip


def _engine(model: str) -> Any:
    from analyzer.speech.choose import choose_engine

    return choose_engine(model)


def _quiet() -> Any:
    from analyzer.speech.quiet import engine_output

    return engine_output(shown=False)


def _profile(order: dict[str, Any]) -> Any:
    if not order.get("profile"):
        return None
    from analyzer.practice.profile import Profile

    return Profile.model_validate(order["profile"])


def _transcript(data: dict[str, Any]) -> Any:
    from analyzer.speech.transcript import Transcript, Utterance, Word

    return Transcript(
        data["text"],
        tuple(
            Utterance(tuple(Word(**word) for word in utterance["words"]), utterance["speaker"])
            for utterance in data["utterances"]
        ),
        data["model"],
    )


if __name__ == "__main__":
    try:
        main()
    except (BrokenPipeError, KeyboardInterrupt):
        sys.exit(0)
