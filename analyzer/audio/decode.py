"""Decode a recording of any common format with PyAV (which carries its own FFmpeg).

The content decides, never the file's ending. Known faults of damaged files are handled
here, once: see ``_read_frames``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Literal

from analyzer.audio.cut_off import (
    declared_wav_seconds,
    ends_inside_ogg_page,
    lacks_mp4_index,
    length_is_a_guess,
)
from analyzer.audio.waveform import SAMPLE_RATE, Waveform
from analyzer.errors import RecordingError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Channel = Literal["mix", "left", "right"]
Progress = Callable[[float], None]

MAX_DURATION_S = 3600.0
"""Longest recording accepted, in seconds: one hour of PCM16 is 115 MB of memory."""

_SHORT_BY_S = 0.75
_SHORT_BY_SHARE = 0.05
_LEAST_BYTES_A_SECOND = 400
"""Fewer bytes than this for each declared second: the declared length is not believed."""
_LEAST_RATE = 1000
_BAD_PACKETS_IN_A_ROW = 500
_DEMUXERS = (
    "wav,w64,aiff,au,caf,mp3,aac,mov,mp4,m4a,3gp,3g2,mj2,ogg,matroska,webm,flac,amr,amrnb,amrwb,"
    "asf,avi,flv,mpegts,mpeg,wv,ape,tta,ac3,eac3"
)
"""FFmpeg also reads playlists, which would open other files, and takes text for a terminal's
picture: only containers of recordings and films are let in."""
_FORMATS = "wav, mp3, m4a, ogg, opus, webm, flac, amr or 3gp"


def decode(
    source: str | Path | BinaryIO,
    *,
    name: str | None = None,
    channel: Channel = "mix",
    max_duration_s: float = MAX_DURATION_S,
    progress: Progress | None = None,
) -> Waveform:
    """Decode a recording to 16 kHz mono int16.

    Args:
        source: path, or a seekable binary file.
        name: what to call it in messages (default: the file's name).
        channel: which channel of a stereo recording to keep.
        max_duration_s: refuse anything longer, in seconds.
        progress: called with the share decoded, 0 to 1, where the length is known.

    Raises:
        RecordingError: not a recording, no sound in it, damaged before any sound
            could be read, or too long.
    """
    label = name or (Path(source).name if isinstance(source, (str, Path)) else "recording")
    if isinstance(source, (str, Path)):
        _require_file(Path(source), label)
    with _opened(source) as handle:
        return _decode(handle, label, channel, max_duration_s, progress)


def _decode(
    handle: BinaryIO,
    label: str,
    channel: Channel,
    max_duration_s: float,
    progress: Progress | None,
) -> Waveform:
    import av

    wav_s, cut_off = declared_wav_seconds(handle), ends_inside_ogg_page(handle)
    size = handle.seek(0, 2)
    handle.seek(0)
    try:
        container = av.open(handle, options={"format_whitelist": _DEMUXERS})
    except (av.FFmpegError, EOFError, ValueError, OSError) as error:
        if lacks_mp4_index(handle):
            raise _cut_off_before_index(label) from error
        raise _not_a_recording(label) from error
    with container:
        stream = _audio_stream(container, label)
        declared_s = wav_s or _declared_duration(container, stream)
        if length_is_a_guess(handle, container.format.name):
            declared_s = None
        if declared_s is not None and declared_s > max_duration_s:
            if size >= declared_s * _LEAST_BYTES_A_SECOND:
                raise _too_long(label, declared_s, max_duration_s)
            declared_s = None
        chunks, damage = _collect(
            container, stream, label, channel, declared_s, max_duration_s, progress
        )
    samples = _join(chunks)
    if len(samples) == 0:
        raise RecordingError(
            f"{label}: no sound could be read from this recording"
            + (f" ({damage})." if damage else "."),
            next_step=f"Save it again as {_FORMATS}, and try that file.",
        )
    warnings = _warnings(len(samples) / SAMPLE_RATE, declared_s, damage, cut_off=cut_off)
    return Waveform(samples=samples, name=label, warnings=warnings)


def _opened(source: str | Path | BinaryIO) -> AbstractContextManager[BinaryIO]:
    # FFmpeg gets a handle, not the name: it would take "call: me.wav" for a protocol "call".
    if isinstance(source, (str, Path)):
        return Path(source).open("rb")
    return nullcontext(source)


def _require_file(path: Path, label: str) -> None:
    if not path.exists():
        raise RecordingError(
            f"{label}: there is no such file.", next_step="Check the name and the folder."
        )
    if path.is_dir():
        raise RecordingError(
            f"{label}: this is a folder, not a recording.",
            next_step="Give the name of one recording in it.",
        )
    if not path.is_file():
        raise RecordingError(f"{label}: this is not an ordinary file.")
    try:
        with path.open("rb") as handle:
            empty = not handle.read(1)
    except OSError as error:
        raise RecordingError(
            f"{label}: the file cannot be opened ({error.strerror}).",
            next_step="Check that you may read it.",
        ) from error
    if empty:
        raise RecordingError(f"{label}: the file is empty.", next_step="Record or export it again.")


def _not_a_recording(label: str) -> RecordingError:
    return RecordingError(
        f"{label}: this is not a recording callcheck can read.",
        next_step=f"Use {_FORMATS}; a typed transcript should be named .txt.",
    )


def _cut_off_before_index(label: str) -> RecordingError:
    return RecordingError(
        f"{label}: the recording is cut off; its end, without which it cannot be read, is missing.",
        next_step="Copy or export it again from the device it was made on.",
    )


def _too_long(label: str, seconds: float, limit_s: float) -> RecordingError:
    return RecordingError(
        f"{label}: the recording is {seconds / 60:.0f} minutes long; "
        f"the limit is {limit_s / 60:.0f} minutes.",
        next_step="Cut out the call itself and check that.",
    )


def _audio_stream(container: Any, label: str) -> Any:
    # Text, pictures and silent videos open without complaint but hold no audio stream.
    if not container.streams.audio:
        raise RecordingError(
            f"{label}: there is no sound in this file.",
            next_step=f"Use a recording: {_FORMATS}.",
        )
    return container.streams.audio[0]


def _declared_duration(container: Any, stream: Any) -> float | None:
    if stream.duration is not None and stream.time_base is not None:
        return float(stream.duration * stream.time_base)
    if container.duration is not None:
        return float(container.duration) / 1_000_000  # AV_TIME_BASE: microseconds
    return None


def _collect(
    container: Any,
    stream: Any,
    label: str,
    channel: Channel,
    declared_s: float | None,
    max_duration_s: float,
    progress: Progress | None,
) -> tuple[list[NDArray[np.int16]], str]:
    """Return mono chunks, and what stopped the reading early ("" if nothing did)."""
    chunks: list[NDArray[np.int16]] = []
    total = 0
    damage: list[str] = []
    for frame in _resampled(_read_frames(container, stream, damage), damage):
        chunk = _pick_channel(frame.to_ndarray(), channel)
        chunks.append(chunk)
        total += len(chunk)
        if total > max_duration_s * SAMPLE_RATE:
            raise _too_long(label, total / SAMPLE_RATE, max_duration_s)
        if progress and declared_s:
            progress(min(1.0, total / SAMPLE_RATE / declared_s))
    return chunks, damage[0] if damage else ""


def _read_frames(container: Any, stream: Any, damage: list[str]) -> Iterator[Any]:
    """Yield decoded frames up to the end or to the first damage, which is noted.

    Half a flac, amr or m4a raises on its last packet after much could be kept; some files
    have one bad packet in the middle, which is skipped.
    """
    import av

    bad_packets = 0
    packets = container.demux(stream)
    while True:
        try:
            packet = next(packets)
        except StopIteration:
            return
        except (av.FFmpegError, EOFError, ValueError, OSError) as error:
            damage.append(f"damaged: {_reason(error)}")
            return
        try:
            yield from packet.decode()
            bad_packets = 0
        except EOFError:
            return
        except (av.FFmpegError, ValueError) as error:
            bad_packets += 1
            damage.append(f"damaged: {_reason(error)}")
            if bad_packets >= _BAD_PACKETS_IN_A_ROW:
                return


def _resampled(frames: Iterator[Any], damage: list[str]) -> Iterator[Any]:
    import av

    resampler = None
    for frame in frames:
        if frame.sample_rate < _LEAST_RATE:  # a damaged header; would blow up in resampling
            damage.append(f"damaged: a sample rate of {frame.sample_rate} Hz")
            continue
        if resampler is None:
            layout = "mono" if len(frame.layout.channels) == 1 else "stereo"
            resampler = av.AudioResampler(format="s16p", layout=layout, rate=SAMPLE_RATE)
        frame.pts = None  # broken time stamps would make the resampler drop or pad
        try:
            yield from resampler.resample(frame)
        except (av.FFmpegError, ValueError) as error:  # the format changed in mid-stream
            damage.append(f"damaged: {_reason(error)}")
            return
    if resampler is not None:
        with suppress(av.FFmpegError, ValueError):  # what it still held, a few milliseconds
            yield from resampler.resample(None)


def _reason(error: Exception) -> str:
    text = getattr(error, "strerror", None) or str(error)
    return str(text).split("\n")[0][:80]


def _pick_channel(planes: NDArray[np.int16], channel: Channel) -> NDArray[np.int16]:
    """``planes`` is int16 of shape (channels, n); return shape (n,)."""
    import numpy as np

    if planes.shape[0] == 1 or channel == "left":
        picked = planes[0]
    elif channel == "right":
        picked = planes[1]
    else:
        picked = planes.astype(np.int32).sum(axis=0) // planes.shape[0]
    return np.ascontiguousarray(picked, dtype=np.int16)


def _join(chunks: list[NDArray[np.int16]]) -> NDArray[np.int16]:
    import numpy as np

    return np.concatenate(chunks) if chunks else np.zeros(0, np.int16)


def _warnings(
    decoded_s: float, declared_s: float | None, damage: str, *, cut_off: bool
) -> tuple[str, ...]:
    # Half files of wav, mp3 and webm give short audio and no error: the length their own
    # header declares is the only witness.
    missing_s = (declared_s or 0.0) - decoded_s
    if missing_s > max(_SHORT_BY_S, _SHORT_BY_SHARE * (declared_s or 0.0)):
        return (
            f"Only {decoded_s:.0f} s of about {declared_s:.0f} s could be read; "
            "the file is damaged or cut off.",
        )
    if damage:
        return (f"Part of the recording could not be read ({damage}).",)
    if cut_off:
        return (f"The file seems to be cut off; the first {decoded_s:.0f} s could be read.",)
    return ()
