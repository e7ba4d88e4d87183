"""The acoustic network: a factored time-delay network, as trained and as exported.

Input: (batch, frames, 40) MFCCs at 10 ms. Output: (batch, frames / 3, 80) phone scores at 30 ms.
The first layer sees nine frames and steps by three; each block narrows to a bottleneck over two
frames, widens again over two frames and adds a share of its input.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from .features import CEPSTRA, SUBSAMPLING
from .phones import PDF_COUNT

FIRST_OFFSETS: Final = tuple(range(-4, 5))
RESIDUAL_SHARE: Final = 0.7
Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Shape:
    """Sizes: `width` of a layer, `bottleneck`, and one time stride (10 ms frames) a block."""

    width: int = 512
    bottleneck: int = 128
    strides: tuple[int, ...] = (3, 3, 3, 3, 6, 6, 6)

    @property
    def context(self) -> int:
        """Input frames seen to either side of an output frame."""
        return -FIRST_OFFSETS[0] + sum(self.strides)


def _splice(frames: Tensor, stride: int) -> Tensor:
    """Join each frame with the one `stride` later: (b, t, d) to (b, t - stride, 2d)."""
    return torch.cat([frames[:, :-stride], frames[:, stride:]], 2)


class Normalise(nn.Module):
    """Batch normalisation with scale and shift over (batch, time, channels)."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.norm = nn.BatchNorm1d(channels)

    def forward(self, frames: Tensor) -> Tensor:
        """Return normalised frames of the same shape."""
        batch, time, channels = frames.shape
        out: Tensor = self.norm(frames.reshape(-1, channels))
        return out.view(batch, time, channels)


class Block(nn.Module):
    """Narrow over (t - stride, t), widen over (t, t + stride), add the scaled input."""

    def __init__(self, shape: Shape, stride: int) -> None:
        super().__init__()
        self.stride = stride // SUBSAMPLING
        self.narrow = nn.Linear(2 * shape.width, shape.bottleneck, bias=False)
        self.widen = nn.Linear(2 * shape.bottleneck, shape.width, bias=False)
        self.norm = Normalise(shape.width)

    def forward(self, frames: Tensor) -> Tensor:
        """Map (b, t, width) to (b, t - 2 * stride / 3, width)."""
        inner = self.narrow(_splice(frames, self.stride))
        outer = torch.relu(self.norm(self.widen(_splice(inner, self.stride))))
        kept = frames[:, self.stride : -self.stride]
        return outer + RESIDUAL_SHARE * kept


class Network(nn.Module):
    """The whole network; `mean` and `std` (40 values each) standardise the input."""

    mean: Tensor
    std: Tensor

    def __init__(self, shape: Shape, mean: Tensor, std: Tensor) -> None:
        super().__init__()
        self.shape = shape
        self.register_buffer("mean", mean)
        self.register_buffer("std", std)
        self.first = nn.Linear(CEPSTRA * len(FIRST_OFFSETS), shape.width, bias=False)
        self.first_norm = Normalise(shape.width)
        self.blocks = nn.ModuleList([Block(shape, stride) for stride in shape.strides])
        self.out = nn.Linear(shape.width, PDF_COUNT)

    def forward(self, frames: Tensor) -> Tensor:
        """Map (b, 3 * (t - 1) + 1 + 2 * context, 40) to (b, t, 80) unnormalised scores."""
        scaled = (frames - self.mean) / self.std
        steps = (scaled.shape[1] - len(FIRST_OFFSETS)) // SUBSAMPLING + 1
        windows = scaled.unfold(1, len(FIRST_OFFSETS), SUBSAMPLING)[:, :steps]
        joined = windows.transpose(2, 3).reshape(scaled.shape[0], steps, -1)
        hidden = torch.relu(self.first_norm(self.first(joined)))
        for block in self.blocks:
            hidden = block(hidden)
        result: Tensor = self.out(hidden)
        return result


@dataclass(frozen=True)
class Affine:
    """A linear step of the exported network: `weights` (out, in) and `bias` (out)."""

    weights: Matrix
    bias: Matrix


@dataclass(frozen=True)
class ExportedNetwork:
    """The network with all normalisation folded in, in double precision."""

    shape: Shape
    first: Affine
    blocks: tuple[tuple[Affine, Affine], ...]
    out: Affine


def _array(tensor: Tensor) -> Matrix:
    return tensor.detach().double().numpy()


def _folded(weights: Matrix, norm: nn.BatchNorm1d) -> Affine:
    assert norm.running_mean is not None
    assert norm.running_var is not None
    scale = _array(norm.weight) / np.sqrt(_array(norm.running_var) + norm.eps)
    shift = _array(norm.bias) - _array(norm.running_mean) * scale
    return Affine(weights * scale[:, None], shift)


def exported(network: Network) -> ExportedNetwork:
    """Fold input scaling and batch normalisation into the linear steps."""
    copies = len(FIRST_OFFSETS)
    scale = np.tile(1 / _array(network.std), copies)
    centre = np.tile(_array(network.mean), copies) * scale
    first = _folded(_array(network.first.weight), network.first_norm.norm)
    first = Affine(first.weights * scale, first.bias - first.weights @ centre)
    blocks = []
    for block in network.blocks:
        assert isinstance(block, Block)
        narrow = _array(block.narrow.weight)
        blocks.append(
            (
                Affine(narrow, np.zeros(len(narrow))),
                _folded(_array(block.widen.weight), block.norm.norm),
            )
        )
    out = Affine(_array(network.out.weight), _array(network.out.bias))
    return ExportedNetwork(network.shape, first, tuple(blocks), out)
