"""Write the Kaldi files Vosk reads: the acoustic model (binary) and its configuration."""

from __future__ import annotations

import math
import struct
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from .features import CEPSTRA, SUBSAMPLING
from .network import FIRST_OFFSETS, RESIDUAL_SHARE, Affine, ExportedNetwork
from .phones import LAST_PHONE_ID, PDF_COUNT, base_index
from .voices import SAMPLE_RATE

MFCC_CONF: Final = f"""--use-energy=false
--sample-frequency={SAMPLE_RATE}
--num-mel-bins={CEPSTRA}
--num-ceps={CEPSTRA}
--low-freq=20
--high-freq=7600
--dither=0
--allow-upsample=true
"""


def model_conf(*, acoustic_scale: float, beam: float, lattice_beam: float, max_active: int) -> str:
    """Return ``conf/model.conf``: search widths, frame rate and when an utterance ends."""
    return f"""--min-active=200
--max-active={max_active}
--beam={beam}
--lattice-beam={lattice_beam}
--acoustic-scale={acoustic_scale}
--frame-subsampling-factor={SUBSAMPLING}
--endpoint.silence-phones=1
--endpoint.rule2.min-trailing-silence=0.5
--endpoint.rule3.min-trailing-silence=0.75
--endpoint.rule4.min-trailing-silence=1.0
"""


def forward_id(phone: int) -> int:
    """Return the transition id that enters a phone (its first frame)."""
    return 2 * (phone - 1) + 2


def loop_id(phone: int) -> int:
    """Return the transition id of a phone's further frames."""
    return 2 * (phone - 1) + 1


def _token(text: str) -> bytes:
    return text.encode() + b" "


def _int(value: int) -> bytes:
    return b"\x04" + struct.pack("<i", value)


def _float(value: float) -> bytes:
    return b"\x04" + struct.pack("<f", value)


def _double(value: float) -> bytes:
    return b"\x08" + struct.pack("<d", value)


def _int_vector(values: Sequence[int]) -> bytes:
    return b"\x04" + struct.pack(f"<i{len(values)}i", len(values), *values)


def _vector(values: npt.ArrayLike) -> bytes:
    array = np.asarray(values, "<f4")
    return b"FV " + _int(len(array)) + array.tobytes()


def _matrix(values: npt.ArrayLike) -> bytes:
    """Write a matrix in Kaldi's 16-bit form: least value, range, sizes, then whole numbers."""
    array = np.asarray(values, np.float64)
    low, span = float(array.min()), float(np.ptp(array)) or 1.0
    steps = np.round((array - low) / span * 65535).astype("<u2")
    return b"CM2 " + struct.pack("<ffii", low, span, *array.shape) + steps.tobytes()


def _transition_model() -> bytes:
    """One emitting state a phone: the first frame and later frames have labels of their own."""
    phones = range(1, LAST_PHONE_ID + 1)
    out = _token("<TransitionModel>") + _token("<Topology>")
    out += _int_vector(list(phones)) + _int_vector([-1] + [0] * LAST_PHONE_ID)
    out += _int(-1) + _int(1) + _int(2)
    out += _int(0) + _int(1) + _int(2) + _int(0) + _float(0.5) + _int(1) + _float(0.5)
    out += _int(-1) + _int(-1) + _int(0)
    out += _token("</Topology>") + _token("<Tuples>") + _int(LAST_PHONE_ID)
    for phone in phones:
        first = 2 * base_index(phone)
        out += _int(phone) + _int(0) + _int(first) + _int(first + 1)
    out += _token("</Tuples>") + _token("<LogProbs>")
    out += _vector([0.0] + [math.log(0.5)] * (2 * LAST_PHONE_ID))
    return out + _token("</LogProbs>") + _token("</TransitionModel>")


def _affine(step: Affine) -> bytes:
    return (
        _token("<FixedAffineComponent>")
        + _token("<LinearParams>")
        + _matrix(step.weights)
        + _token("<BiasParams>")
        + _vector(step.bias)
        + _token("</FixedAffineComponent>")
    )


def _nonlinear(name: str, dimension: int) -> bytes:
    out = _token(f"<{name}>") + _token("<Dim>") + _int(dimension)
    for part in ("<ValueAvg>", "<DerivAvg>"):
        out += _token(part) + _vector([])
    out += _token("<Count>") + _double(0) + _token("<OderivRms>") + _vector([])
    for part in ("<OderivCount>", "<NumDimsSelfRepaired>", "<NumDimsProcessed>"):
        out += _token(part) + _double(0)
    return out + _token(f"</{name}>")


def _network(network: ExportedNetwork, priors: npt.ArrayLike) -> bytes:
    config = [f"input-node name=input dim={CEPSTRA}"]
    components: list[tuple[str, bytes]] = []

    def add(name: str, source: str, content: bytes) -> str:
        config.append(f"component-node name={name} component={name} input={source}")
        components.append((name, content))
        return name

    def offset(node: str, frames: int) -> str:
        return f"Offset({node}, {frames})" if frames else node

    def rectify(name: str, source: str) -> str:
        return add(name, source, _nonlinear("RectifiedLinearComponent", network.shape.width))

    window = ", ".join(offset("input", frames) for frames in FIRST_OFFSETS)
    hidden = rectify("relu0", add("affine0", f"Append({window})", _affine(network.first)))
    for number, stride in enumerate(network.shape.strides, 1):
        narrow, widen = network.blocks[number - 1]
        source = f"Append({offset(hidden, -stride)}, {hidden})"
        inner = add(f"narrow{number}", source, _affine(narrow))
        source = f"Append({inner}, {offset(inner, stride)})"
        outer = rectify(f"relu{number}", add(f"widen{number}", source, _affine(widen)))
        # The sum is never negative, so a further rectifier only gives it a name.
        hidden = rectify(f"sum{number}", f"Sum(Scale({RESIDUAL_SHARE}, {hidden}), {outer})")
    scores = add("scores", hidden, _affine(network.out))
    last = add("logsoftmax", scores, _nonlinear("LogSoftmaxComponent", PDF_COUNT))
    config.append(f"output-node name=output input={last} objective=linear")
    out = _token("<Nnet3>") + b"\n" + ("\n".join(config) + "\n\n").encode()
    out += _token("<NumComponents>") + _int(len(components))
    for name, content in components:
        out += _token("<ComponentName>") + _token(name) + content
    out += _token("</Nnet3>")
    context = network.shape.context
    out += _token("<LeftContext>") + _int(context) + _token("<RightContext>") + _int(context)
    return out + _token("<Priors>") + _vector(priors)


def write_acoustic_model(path: Path, network: ExportedNetwork, priors: npt.ArrayLike) -> None:
    """Write ``am/final.mdl``: transition model, network and label priors (80 shares)."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"\0B" + _transition_model() + _network(network, priors))
