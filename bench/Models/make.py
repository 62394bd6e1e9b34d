"""Makes the benchmark models, with random weights: only their shape and cost matter.

Run with Debian's python3-torch and python3-onnx:  /usr/bin/python3 bench/Models/make.py
"""
import pathlib

import torch
from torch import nn

HERE = pathlib.Path(__file__).parent


class Attention(nn.Module):
    """Plain multi-head self-attention, so that the export holds standard operators only."""

    def __init__(self, width: int, heads: int):
        super().__init__()
        self.heads, self.size = heads, width // heads
        self.project, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)

    def forward(self, x):
        tokens = x.shape[1]
        query, key, value = self.project(x).reshape(-1, tokens, 3, self.heads, self.size).permute(2, 0, 3, 1, 4)
        weights = torch.softmax(query @ key.transpose(-1, -2) / self.size**0.5, dim=-1)
        return self.out((weights @ value).transpose(1, 2).reshape(-1, tokens, self.heads * self.size))


class Layer(nn.Module):
    def __init__(self, width: int, heads: int):
        super().__init__()
        self.attention, self.norm1, self.norm2 = Attention(width, heads), nn.LayerNorm(width), nn.LayerNorm(width)
        self.feed = nn.Sequential(nn.Linear(width, 4 * width), nn.ReLU(), nn.Linear(4 * width, width))

    def forward(self, x):
        x = x + self.attention(self.norm1(x))
        return x + self.feed(self.norm2(x))


class Transformer(nn.Module):
    """Classifier of 128 token ids: 2 layers, width 128, 4 heads."""

    def __init__(self, vocabulary=400, tokens=128, width=128, layers=2, classes=4):
        super().__init__()
        self.embed = nn.Embedding(vocabulary, width)
        self.position = nn.Parameter(torch.randn(tokens, width) * 0.02)
        self.layers = nn.Sequential(*[Layer(width, 4) for _ in range(layers)])
        self.head = nn.Linear(width, classes)

    def forward(self, ids):
        x = self.layers(self.embed(ids) + self.position)
        return torch.softmax(self.head(x.mean(dim=1)), dim=-1)


def tabular():
    return nn.Sequential(nn.Linear(20, 64), nn.ReLU(), nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 2), nn.Softmax(dim=-1))


def convolutional():
    return nn.Sequential(
        nn.Conv2d(3, 16, 3, stride=2, padding=1), nn.ReLU(),
        nn.Conv2d(16, 32, 3, stride=2, padding=1), nn.ReLU(),
        nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(32, 10), nn.Softmax(dim=-1))


def export(name: str, model: nn.Module, example: torch.Tensor):
    torch.onnx.export(model.eval(), example, HERE / f"{name}.onnx", opset_version=17, input_names=["input"],
                      output_names=["probabilities"], dynamic_axes={"input": {0: "batch"}, "probabilities": {0: "batch"}})


if __name__ == "__main__":
    torch.manual_seed(1)
    export("tabular", tabular(), torch.randn(1, 20))
    export("convolutional", convolutional(), torch.randn(1, 3, 32, 32))
    export("transformer", Transformer(), torch.randint(0, 400, (1, 128)))
