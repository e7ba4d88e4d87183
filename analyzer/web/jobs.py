"""What people handed in: waiting, under way or finished; held in memory, bounded, forgotten."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Any, BinaryIO

from analyzer.errors import CallcheckError
from analyzer.web.mistakes import MistakeError, print_place

if TYPE_CHECKING:
    from analyzer.checklist.assessment import Assessment, Kind
    from analyzer.practice.profile import Profile
    from analyzer.web.decoding import Channel
    from analyzer.web.engine import Engine
    from analyzer.web.settings import Settings


class State(str, Enum):
    """Where a job stands."""

    waiting = "waiting"
    decoding = "decoding"
    recognising = "recognising"
    checking = "checking"
    done = "done"
    failed = "failed"


_STATES = {"decode": State.decoding, "recognise": State.recognising, "read": State.checking}
_FINISHED = (State.done, State.failed)


class BusyError(Exception):
    """Too much is waiting already.

    Attributes:
        retry_after_s: when to try again.
    """

    def __init__(self, retry_after_s: int) -> None:
        super().__init__("busy")
        self.retry_after_s = retry_after_s


@dataclass
class Order:
    """What to assess: an open upload without a name, or a text."""

    name: str
    kind: Kind = "voicemail"
    upload: BinaryIO | None = None
    text: str | None = None
    channel: Channel = "mix"
    profile: Profile | None = None
    profile_name: str | None = None
    keep_audio: bool = False
    keep_history: bool = False

    def close(self) -> None:
        """Drop the upload; it has no name on the disk, so this deletes it."""
        if self.upload is not None:
            self.upload.close()
            self.upload = None


@dataclass
class Job:
    """One thing handed in, and what came of it.

    Attributes:
        heard: the assessment of what was heard, whatever was corrected since.
        by_hand: check id → the person's own verdict.
        attempt: its number in the history, where it is kept.
    """

    order: Order
    id: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    made_at: float = field(default_factory=time.time)
    looked_at: float = field(default_factory=time.monotonic)
    state: State = State.waiting
    progress: float = 0.0
    error: CallcheckError | None = None
    assessment: Assessment | None = None
    heard: Assessment | None = None
    kept: dict[str, Any] | None = None
    audio: bytes = b""
    media_type: str = ""
    by_hand: dict[str, str] = field(default_factory=dict)
    attempt: int | None = None
    note: str = ""
    version: int = 0
    gone: bool = False
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def finished(self) -> bool:
        """Whether nothing more will happen to it by itself."""
        return self.state in _FINISHED

    @property
    def corrected(self) -> bool:
        """Whether the words scored are no longer those heard or typed first."""
        return self.assessment is not None and self.assessment is not self.heard

    def tell(self, state: State, progress: float) -> None:
        """Note how far it is, and wake whoever watches."""
        self.state, self.progress = state, progress
        self.version += 1
        self.changed.set()
        self.changed = asyncio.Event()


class Place:
    """A place in the queue, held for an upload that is still on its way."""


class Desk:
    """Takes orders, has them carried out one at a time a lane, and holds the results.

    Recordings are heard one after the other; texts are read meanwhile.
    """

    def __init__(self, engine: Engine, settings: Settings) -> None:
        self.engine = engine
        self.profile: Profile | None = None
        self.script: dict[str, Any] | None = None
        self._settings = settings
        self._jobs: dict[str, Job] = {}
        self._waiting: dict[bool, list[Job]] = {True: [], False: []}
        self._wake = {True: asyncio.Event(), False: asyncio.Event()}
        self._running: dict[str, asyncio.Task[None]] = {}
        self._arriving: set[Place] = set()
        self._reading = 0
        self._seconds_each = 10.0
        self._lanes: list[asyncio.Task[None]] = []

    def open(self, *, warm: bool) -> None:
        """Start working; needs a running event loop."""
        self._lanes = [asyncio.create_task(self._lane(heard)) for heard in (True, False)]
        self._lanes.append(asyncio.create_task(self._forget_in_time()))
        if warm:
            self._lanes.append(asyncio.create_task(self._warm()))

    async def close(self) -> None:
        """Stop working and forget everything."""
        for task in self._lanes:
            task.cancel()
        await asyncio.gather(*self._lanes, return_exceptions=True)
        await self.forget_all()
        await self.engine.close()

    @property
    def jobs(self) -> list[Job]:
        """Everything held, oldest first."""
        return list(self._jobs.values())

    def get(self, job_id: str) -> Job | None:
        """A job by its id; looking at it keeps it from expiring."""
        job = self._jobs.get(job_id)
        if job is not None:
            job.looked_at = time.monotonic()
        return job

    def position(self, job: Job) -> int:
        """How many are before a waiting job."""
        lane = self._waiting[job.order.text is None]
        if job not in lane:
            return 0
        return lane.index(job) + (
            1 if any(self._same_lane(job, other) for other in self._running) else 0
        )

    @contextmanager
    def arriving(self) -> Iterator[Place]:
        """Hold a place for an upload that is still on its way.

        Raises:
            BusyError: as many are on their way or waiting as may be.
        """
        if len(self._arriving) + len(self._waiting[True]) >= self._settings.max_waiting:
            raise self._busy()
        place = Place()
        self._arriving.add(place)
        try:
            yield place
        finally:
            self._arriving.discard(place)

    def submit(self, order: Order, place: Place | None = None) -> Job:
        """Queue an order; the place held for it while it arrived is free again.

        Raises:
            BusyError: too many are waiting.
        """
        if place is not None:
            self._arriving.discard(place)
        lane = self._waiting[order.text is None]
        if len(lane) >= self._settings.max_waiting:
            order.close()
            raise self._busy()
        job = Job(order)
        self._jobs[job.id] = job
        lane.append(job)
        self._wake[order.text is None].set()
        self._keep_bounds()
        return job

    async def forget(self, job: Job) -> None:
        """Stop it if it is under way, and forget everything about it."""
        self._jobs.pop(job.id, None)
        job.gone = True
        lane = self._waiting[job.order.text is None]
        if job in lane:
            lane.remove(job)
        task = self._running.get(job.id)
        if task is not None:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await asyncio.wait([task])
        job.order.close()
        job.audio, job.kept = b"", None
        job.tell(job.state, job.progress)

    async def forget_all(self) -> int:
        """Forget every job, the profile and the script; return how many jobs there were."""
        jobs = self.jobs
        self.profile = self.script = None
        for job in jobs:
            await self.forget(job)
        return len(jobs)

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Hold a place for something that is answered at once (a correction, a script).

        Raises:
            BusyError: too many wait already.
        """
        if self._reading >= self._settings.max_waiting:
            raise BusyError(2)
        self._reading += 1
        try:
            yield
        finally:
            self._reading -= 1

    async def watch(self, job: Job) -> AsyncIterator[Job]:
        """Yield the job now and whenever it changed, until it is finished or gone."""
        while True:
            event, version = job.changed, job.version
            yield job
            if job.finished or job.gone:
                return
            if version == job.version:
                await event.wait()

    def before(self, job: Job) -> Job | None:
        """The scored job of the same kind before this one, or None."""
        earlier = None
        for other in self.jobs:
            if other is job:
                return earlier
            if other.assessment and other.assessment.score is not None:
                earlier = other if other.order.kind == job.order.kind else earlier
        return earlier

    def _busy(self) -> BusyError:
        waiting = len(self._waiting[True]) + len(self._arriving)
        return BusyError(max(2, min(120, round(self._seconds_each * max(1, waiting) / 2))))

    def _same_lane(self, job: Job, other_id: str) -> bool:
        other = self._jobs.get(other_id)
        return other is not None and (other.order.text is None) == (job.order.text is None)

    async def _warm(self) -> None:
        with suppress(CallcheckError):  # whoever comes first is told what is missing
            await self.engine.warm()

    async def _lane(self, heard: bool) -> None:
        waiting, wake = self._waiting[heard], self._wake[heard]
        while True:
            while not waiting:
                wake.clear()
                await wake.wait()
            job = waiting.pop(0)
            task = asyncio.create_task(self._carry_out(job))
            self._running[job.id] = task
            for other in waiting:
                other.tell(other.state, other.progress)  # each moves up by one
            try:
                await asyncio.wait([task])
            finally:
                self._running.pop(job.id, None)
                if not task.done():
                    task.cancel()
            self._keep_bounds()

    async def _carry_out(self, job: Job) -> None:
        started = time.monotonic()
        try:
            await (self._hear(job) if job.order.text is None else self._read(job))
        except CallcheckError as error:
            job.error = error
            job.tell(State.failed, 1.0)
            return
        except asyncio.CancelledError:
            raise
        except Exception as error:
            print_place(error)
            job.error = MistakeError(type(error).__name__)
            job.tell(State.failed, 1.0)
            return
        finally:
            job.order.close()
        if job.order.text is None:
            self._seconds_each = 0.5 * self._seconds_each + 0.5 * (time.monotonic() - started)
        await keep_in_history(job)
        job.tell(State.done, 1.0)

    async def _hear(self, job: Job) -> None:
        order = job.order

        def progress(step: str, share: float) -> None:
            job.tell(_STATES.get(step, job.state), share)

        progress("decode", 0.0)
        assert order.upload is not None
        decoded = await self.engine.decode(
            order.upload, name=order.name, channel=order.channel, keep_audio=order.keep_audio,
            progress=progress,
        )  # fmt: skip
        order.close()
        progress("recognise", 0.0)
        heard = await self.engine.recording(
            decoded, name=order.name, kind=order.kind, profile=order.profile, progress=progress
        )
        job.audio, job.media_type = decoded.audio, decoded.media_type
        job.kept = heard.kept
        job.assessment = job.heard = heard.assessment

    async def _read(self, job: Job) -> None:
        job.tell(State.checking, 0.0)
        order = job.order
        heard = await self.engine.text(
            order.text or "", name=order.name, kind=order.kind, profile=order.profile
        )
        job.assessment = job.heard = heard.assessment

    def _keep_bounds(self) -> None:
        """Forget what was looked at longest ago until what is held fits."""
        held = sorted((j for j in self.jobs if j.finished), key=lambda j: j.looked_at)
        size = sum(len(job.audio) for job in held)
        for job in held:
            fits = len(held) <= self._settings.max_results
            if fits and size <= self._settings.max_kept_bytes:
                return
            held = held[1:]
            size -= len(job.audio)
            self._drop(job)

    def _drop(self, job: Job) -> None:
        self._jobs.pop(job.id, None)
        job.gone = True
        job.audio, job.kept = b"", None

    def forget_expired(self) -> None:
        """Forget finished jobs that nobody looked at for long."""
        oldest = time.monotonic() - self._settings.keep_s
        for job in self.jobs:
            if job.finished and job.looked_at < oldest:
                self._drop(job)

    async def _forget_in_time(self) -> None:
        while True:
            await asyncio.sleep(min(30.0, self._settings.keep_s))
            self.forget_expired()


async def keep_in_history(job: Job) -> None:
    """Keep the assessment in the history where the person asked for it; replace an earlier one.

    A history that cannot be written is told, and takes nothing from the result.
    """
    if not job.order.keep_history or job.assessment is None:
        return
    try:
        job.attempt = await asyncio.to_thread(_kept, job, job.assessment)
        job.note = ""
    except CallcheckError as error:
        job.note = f"Not kept in the history: {error}"


def _kept(job: Job, assessment: Assessment) -> int:
    from analyzer.errors import HistoryError
    from analyzer.practice import history

    number = history.save(assessment, profile_name=job.order.profile_name)
    if job.attempt is not None:
        with suppress(HistoryError):  # deleted meanwhile
            history.delete(job.attempt)
    return number
