"""The network: a small pretrained encoder with a tag head and a link head.

The encoder is written out, not imported, so that one definition serves training (bfloat16) and
export, and no model library is needed.
"""

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

WIDTH, HEADS, LAYERS, INNER = 384, 12, 6, 1536
LINK = 64
LINKS = 5
"""Vectors per position: content asks for cue, cue answers, cue and content ask for source,
source answers."""


class Dropout(nn.Module):
    """Dropout that draws one random byte an element: a sixth of the time of the usual one."""

    def __init__(self, rate: float) -> None:
        super().__init__()
        self.limit = round(rate * 256)

    def forward(self, values: Tensor) -> Tensor:
        """Values with some set to 0 and the others scaled up, in training only."""
        if not self.training or not self.limit:
            return values
        drawn = torch.empty(values.numel() // 8, dtype=torch.int64).random_(-(2**63), None)
        kept = drawn.view(torch.uint8).view(values.shape) >= self.limit
        return values * (kept.to(values.dtype) * (256 / (256 - self.limit)))


class Layer(nn.Module):
    """One transformer layer, normalised after each residual sum (as in BERT)."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = Dropout(dropout)

    def forward(self, hidden: Tensor, bias: Tensor | None) -> Tensor:
        batch, length, _ = hidden.shape
        heads = self.qkv(hidden).view(batch, length, 3, HEADS, WIDTH // HEADS)
        query, key, value = heads.permute(2, 0, 3, 1, 4)
        # Written out: the fused kernel is slower than this on a processor, backwards above all.
        weights = (query * (WIDTH // HEADS) ** -0.5) @ key.transpose(-1, -2)
        if bias is not None:
            weights = weights + bias
        mixed = torch.softmax(weights, -1) @ value
        mixed = mixed.transpose(1, 2).reshape(batch, length, WIDTH)
        hidden = self.norm1(hidden + self.dropout(self.out(mixed)))
        return self.norm2(hidden + self.dropout(self.down(F.gelu(self.up(hidden)))))


class Network(nn.Module):
    """Encoder, tags (7 per position) and link vectors (`LINKS` of `LINK` per position)."""

    def __init__(self, *, types: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.word = nn.Embedding(30522, WIDTH)
        self.position = nn.Embedding(512, WIDTH)
        self.kind = nn.Embedding(types, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = Dropout(dropout)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.tag = nn.Linear(WIDTH, 7)
        self.link = nn.Linear(WIDTH, LINKS * LINK)

    def forward(self, ids: Tensor, types: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Tag scores and link vectors; `mask` is 1 at real positions."""
        where = torch.arange(ids.shape[1], device=ids.device)[None]
        hidden = self.word(ids) + self.position(where) + self.kind(types)
        hidden = self.dropout(self.norm(hidden))
        bias = (1.0 - mask[:, None, None, :].to(hidden.dtype)) * -10000.0
        if torch.is_autocast_enabled("cpu"):
            hidden, bias = hidden.bfloat16(), bias.bfloat16()
        for layer in self.layers:
            hidden = layer(hidden, bias)
        hidden = self.dropout(hidden)
        return self.tag(hidden), self.link(hidden)

    def load_pretrained(self, path: str) -> None:
        """Weights of all-MiniLM-L6-v2; the token types start from its first one."""
        have = load_file(path)
        have = {name.removeprefix("bert."): value.float() for name, value in have.items()}
        state = {
            "word.weight": have["embeddings.word_embeddings.weight"],
            "position.weight": have["embeddings.position_embeddings.weight"],
            "norm.weight": have["embeddings.LayerNorm.weight"],
            "norm.bias": have["embeddings.LayerNorm.bias"],
        }
        first = have["embeddings.token_type_embeddings.weight"][0]
        noise = torch.randn(self.kind.num_embeddings, WIDTH) * 0.01
        noise[0] = 0
        state["kind.weight"] = first + noise
        for n in range(LAYERS):
            old = f"encoder.layer.{n}."
            new = f"layers.{n}."
            for kind in ("weight", "bias"):
                parts = [have[f"{old}attention.self.{p}.{kind}"] for p in ("query", "key", "value")]
                state[f"{new}qkv.{kind}"] = torch.cat(parts)
                for ours, theirs in (
                    ("out", "attention.output.dense"),
                    ("norm1", "attention.output.LayerNorm"),
                    ("up", "intermediate.dense"),
                    ("down", "output.dense"),
                    ("norm2", "output.LayerNorm"),
                ):
                    state[f"{new}{ours}.{kind}"] = have[f"{old}{theirs}.{kind}"]
        missing, unexpected = self.load_state_dict(state, strict=False)
        heads = {"tag.weight", "tag.bias", "link.weight", "link.bias"}
        if set(missing) != heads or unexpected:
            raise ValueError(f"pretrained weights do not fit: missing {missing}, {unexpected}")
        self.word.weight.requires_grad = False
