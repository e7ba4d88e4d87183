"""What the server has others do: decode, hear, read, write a script. Tests put a fake here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from analyzer.web.decoding import Channel, Decoded, decode_upload
from analyzer.web.worker import Progress, Worker

if TYPE_CHECKING:
    from typing import BinaryIO

    from analyzer.checklist.assessment import Assessment, Kind
    from analyzer.practice.profile import Profile
    from analyzer.web.settings import Settings


@dataclass(frozen=True)
class Heard:
    """An assessment, and what a correction needs of the recording (plain data; None for text)."""

    assessment: Assessment
    kept: dict[str, Any] | None = None


class Engine(Protocol):
    """Everything that takes more than a moment, each in a process of its own."""

    async def decode(
        self, upload: BinaryIO, *, name: str, channel: Channel, keep_audio: bool,
        progress: Progress,
    ) -> Decoded:  # fmt: skip
        """Decode an upload."""
        ...

    async def recording(
        self, decoded: Decoded, *, name: str, kind: Kind, profile: Profile | None,
        progress: Progress,
    ) -> Heard:  # fmt: skip
        """Hear and assess a decoded recording."""
        ...

    async def text(self, text: str, *, name: str, kind: Kind, profile: Profile | None) -> Heard:
        """Assess a typed text."""
        ...

    async def correct(
        self, kept: dict[str, Any], text: str, before: Assessment, profile: Profile | None
    ) -> Heard:
        """Assess corrected words, keeping the times heard."""
        ...

    async def script(self, order: dict[str, Any], profile: Profile | None) -> dict[str, Any]:
        """Write a script and check it."""
        ...

    async def warm(self) -> None:
        """Load the models, so that the first person need not wait."""
        ...

    async def close(self) -> None:
        """End every process."""
        ...


class ProcessEngine:
    """The real one: a decoding process a file, one process that hears, one that reads.

    Hearing and reading are apart so that edited words are scored at once while a recording
    is being heard.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._hearing = Worker("recognition")
        self._reading = Worker("checking")

    @property
    def hearing(self) -> Worker:
        """The process that recognises speech."""
        return self._hearing

    async def decode(
        self, upload: BinaryIO, *, name: str, channel: Channel, keep_audio: bool,
        progress: Progress,
    ) -> Decoded:  # fmt: skip
        """Decode an upload in a limited process; see ``decode_upload``."""
        return await decode_upload(
            upload, name=name, channel=channel, keep_audio=keep_audio, settings=self._settings,
            progress=lambda share: progress("decode", share),
        )  # fmt: skip

    async def recording(
        self, decoded: Decoded, *, name: str, kind: Kind, profile: Profile | None,
        progress: Progress,
    ) -> Heard:  # fmt: skip
        """Hear and assess a decoded recording."""
        order = {
            **self._order("recording", kind, profile), "name": name,
            "model": self._settings.model, "warnings": list(decoded.warnings),
        }  # fmt: skip
        answer = await self._hearing.ask(
            order, decoded.samples, timeout_s=self._settings.recognise_timeout_s,
            progress=progress,
        )  # fmt: skip
        return _heard(answer)

    async def text(self, text: str, *, name: str, kind: Kind, profile: Profile | None) -> Heard:
        """Assess a typed text."""
        return await self._read({**self._order("text", kind, profile), "text": text, "name": name})

    async def correct(
        self, kept: dict[str, Any], text: str, before: Assessment, profile: Profile | None
    ) -> Heard:
        """Assess corrected words, keeping the times heard."""
        order = {
            **self._order("correct", before.kind, profile), "heard": kept, "text": text,
            "name": before.source.name, "duration_s": before.source.duration_s,
        }  # fmt: skip
        return await self._read(order)

    async def script(self, order: dict[str, Any], profile: Profile | None) -> dict[str, Any]:
        """Write a script and check it."""
        full = {**order, **self._order("script", order["kind"], profile)}
        return await self._reading.ask(full, timeout_s=self._settings.read_timeout_s)

    async def warm(self) -> None:
        """Load the models of both processes, one after the other."""
        limit = self._settings.recognise_timeout_s
        rules = self._rules()
        await self._hearing.ask(
            {"op": "warm", "model": self._settings.model, "rules": rules}, timeout_s=limit
        )
        await self._reading.ask({"op": "warm", "rules": rules}, timeout_s=limit)

    async def close(self) -> None:
        """End both processes."""
        await self._hearing.end()
        await self._reading.end()

    async def _read(self, order: dict[str, Any]) -> Heard:
        return _heard(await self._reading.ask(order, timeout_s=self._settings.read_timeout_s))

    def _order(self, operation: str, kind: str, profile: Profile | None) -> dict[str, Any]:
        return {
            "op": operation, "kind": kind, "rules": self._rules(),
            "profile": profile.model_dump(mode="json") if profile else None,
        }  # fmt: skip

    def _rules(self) -> str | None:
        return str(self._settings.rules) if self._settings.rules else None


def _heard(answer: dict[str, Any]) -> Heard:
    from analyzer.checklist.assessment import Assessment

    return Heard(Assessment.model_validate(answer["assessment"]), answer.get("heard"))
