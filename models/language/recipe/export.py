"""Export a trained encoder to ONNX, quantise it to int8, and assemble the spaCy pipeline."""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from pathlib import Path

import torch
from labels import LABELS
from network import TaggingEncoder, load_tokenizer, pretrained_folder

NAME = "callcheck_call"


class _WithProbabilities(torch.nn.Module):
    def __init__(self, model: TaggingEncoder) -> None:
        super().__init__()
        self.model = model

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        return torch.sigmoid(self.model(input_ids, attention_mask))


def export_onnx(state: Path, output: Path) -> None:
    """Write the encoder as float32 ONNX: ids and mask in, probabilities out."""
    model = TaggingEncoder(attention="eager", dropout=0.0)
    model.load_state_dict(torch.load(state, weights_only=True))
    model.eval()
    tokenizer = load_tokenizer()
    rows = [tokenizer.encode(t).ids for t in ("hello ms patel this is ann", "thanks for seeing me")]
    longest = max(map(len, rows))
    ids = torch.zeros(2, longest, dtype=torch.long)
    mask = torch.zeros_like(ids)
    for number, row in enumerate(rows):
        ids[number, : len(row)] = torch.tensor(row)
        mask[number, : len(row)] = 1
    axes = {0: "batch", 1: "pieces"}
    torch.onnx.export(
        _WithProbabilities(model), (ids, mask), str(output),
        input_names=["input_ids", "attention_mask"], output_names=["probabilities"],
        dynamic_axes={"input_ids": axes, "attention_mask": axes, "probabilities": axes},
        opset_version=17, dynamo=False,
    )  # fmt: skip


def quantise(source: Path, output: Path) -> None:
    """Dynamic int8 quantisation of the weights, one scale a channel."""
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.shape_inference import quant_pre_process

    with tempfile.TemporaryDirectory() as folder:
        prepared = Path(folder) / "prepared.onnx"
        quant_pre_process(str(source), str(prepared), skip_symbolic_shape=True)
        quantize_dynamic(str(prepared), str(output), weight_type=QuantType.QInt8, per_channel=True)


def assemble(onnx: Path, output: Path, *, version: str) -> None:
    """Write the spaCy pipeline folder with the encoder in it."""
    from analyzer.language.pipeline import blank_pipeline

    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        shutil.copy(onnx, folder / "encoder.onnx")
        shutil.copy(pretrained_folder() / "tokenizer.json", folder / "tokenizer.json")
        (folder / "labels.json").write_text(json.dumps(LABELS), encoding="utf-8")
        nlp = blank_pipeline()
        encoder = nlp.get_pipe("callcheck_encoder")
        encoder.from_files(folder)  # type: ignore[attr-defined]
        nlp.meta.update(
            name=NAME, version=version, license="Apache-2.0",
            description="Finds in a follow-up call what the caller does and names",
        )  # fmt: skip
        nlp.to_disk(output)


def main() -> None:
    """Command line; see ``project.yml``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("state", type=Path)
    parser.add_argument("output", type=Path, help="folder of the spaCy pipeline")
    parser.add_argument("--version", default="1.0.0")
    parser.add_argument("--float", action="store_true", help="leave the weights unquantised")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        full, small = Path(temporary) / "full.onnx", Path(temporary) / "small.onnx"
        export_onnx(given.state, full)
        if given.float:
            small = full
        else:
            quantise(full, small)
        assemble(small, given.output, version=given.version)


if __name__ == "__main__":
    main()
