"""``callcheck doctor``: is everything there that callcheck needs?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One thing looked at: ``ok``, ``missing`` (something will not work) or ``note``."""

    state: str
    name: str
    detail: str


def doctor() -> None:
    """Look at the installation: models, rules, microphone, extras. Exit with 4 if not whole."""
    from analyzer.cli.messages import EXIT_MISSING, write_result

    findings = [look() for look in LOOKS]
    write_result("\n".join(f"{f.state:8} {f.name:20} {f.detail}" for f in findings))
    if any(f.state == "missing" for f in findings):
        raise SystemExit(EXIT_MISSING)


def _guarded(name: str, look: Callable[[], str], *, needed: bool = True) -> Finding:
    try:
        return Finding("ok", name, look())
    except Exception as error:  # the doctor reports whatever is wrong; it must not fall ill
        return Finding("missing" if needed else "note", name, _said(error))


def _said(error: Exception) -> str:
    """The first line of what the error says; its name where it says nothing."""
    return next(iter(str(error).strip().splitlines()), type(error).__name__)


def _speech_model() -> Finding:
    def look() -> str:
        from analyzer.speech.choose import choose_engine

        return f"{choose_engine('builtin').model_name} (hears synthetic voices, not people)"

    return _guarded("built-in speech", look)


def _official_model() -> Finding:
    def look() -> str:
        from analyzer.speech.choose import installed_models

        names = [folder.name for folder in installed_models()]
        if not names:
            raise LookupError("none: `callcheck models fetch` gets one, to hear your own voice")
        return ", ".join(names)

    return _guarded("official speech", look, needed=False)


def _language_model() -> Finding:
    def look() -> str:
        from analyzer.language.pipeline import load_pipeline

        meta = load_pipeline().meta
        return f"{meta['name']} {meta['version']}"

    return _guarded("language pipeline", look)


def _rules() -> Finding:
    def look() -> str:
        from analyzer.checklist.loader import load_pack

        pack = load_pack()
        return f"{pack.label}, {len(pack.checks)} checks"

    return _guarded("rules", look)


def _audio() -> Finding:
    def look() -> str:
        import av

        return f"PyAV {av.__version__}"

    return _guarded("audio decoding", look)


def _microphone() -> Finding:
    def look() -> str:
        import sounddevice

        names = [d["name"] for d in sounddevice.query_devices() if d["max_input_channels"] > 0]
        if not names:
            raise LookupError("no microphone found; recordings can still be checked")
        return str(names[0])

    return _guarded("microphone", look, needed=False)


def _extra(name: str, module: str) -> Callable[[], Finding]:
    def look() -> str:
        from importlib.util import find_spec

        if find_spec(module) is None:
            raise LookupError(f"not installed: pip install 'callcheck[{name}]'")
        return "installed"

    return lambda: _guarded(f"extra {name}", look, needed=False)


LOOKS: tuple[Callable[[], Finding], ...] = (
    _language_model,
    _rules,
    _audio,
    _speech_model,
    _official_model,
    _microphone,
    _extra("web", "fastapi"),
    _extra("charts", "matplotlib"),
    _extra("parquet", "pyarrow"),
)
