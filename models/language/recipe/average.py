"""Average the weights of runs into one network: as good as asking both, at the price of one.

The runs must begin at the same point (the pretrained body and the head of ``START_SEED``), else
their weights do not lie in one basin: Wortsman et al. 2022, "Model soups".
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import torch


def average(states: Sequence[Path], shares: Sequence[float], output: Path) -> None:
    """Write the mean of torch states of one network, each with its share, to ``output``.

    Raises:
        ValueError: not one share a state, or the shares do not add up to 1.
    """
    if len(states) != len(shares) or abs(sum(shares) - 1) > 1e-9:
        raise ValueError("one share a state, adding up to 1")
    loaded = [torch.load(state, weights_only=True) for state in states]
    mean = {}
    for name, value in loaded[0].items():
        if value.is_floating_point():
            parts = [share * state[name] for share, state in zip(shares, loaded, strict=True)]
            value = torch.stack(parts).sum(0)
        mean[name] = value
    torch.save(mean, output)


def main() -> None:
    """Command line; see ``project.yml``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("output", type=Path)
    parser.add_argument("states", type=Path, nargs="+")
    parser.add_argument("--shares", type=float, nargs="+", required=True)
    given = parser.parse_args()
    average(given.states, given.shares, given.output)


if __name__ == "__main__":
    main()
