"""Version 1: a small network that takes the raw row and normalises and one-hot encodes it inside the graph."""

import io

import numpy
import onnx
import torch
from torch import nn

PARAMS = {"hidden": 32, "dropout": 0.4, "lr": 0.003, "weightDecay": 1.0, "epochs": 15, "batch": 32}


class Network(nn.Module):
    """FP32 [n, 20] to class probabilities [n, 2]. An unknown category index becomes an all-zero one-hot block."""

    def __init__(self, features, train):
        super().__init__()
        self.numerical = [i for i, f in enumerate(features) if not f.categories]
        self.categorical = [i for i, f in enumerate(features) if f.categories]
        numbers = torch.from_numpy(train[:, self.numerical])
        self.register_buffer("mean", numbers.mean(dim=0))
        self.register_buffer("scale", numbers.std(dim=0))
        self.codes = [torch.arange(len(features[i].categories), dtype=torch.float32) for i in self.categorical]
        width = len(self.numerical) + sum(len(c) for c in self.codes)
        self.hidden = nn.Linear(width, PARAMS["hidden"])
        self.dropout = nn.Dropout(PARAMS["dropout"])
        self.output = nn.Linear(PARAMS["hidden"], 2)

    def logits(self, rows):
        blocks = [(rows[:, self.numerical] - self.mean) / self.scale]
        blocks += [(rows[:, i:i + 1] == codes).float() for i, codes in zip(self.categorical, self.codes)]
        return self.output(self.dropout(torch.relu(self.hidden(torch.cat(blocks, dim=1)))))

    def forward(self, rows):
        return torch.softmax(self.logits(rows), dim=1)


def train(features, rows, seed):
    torch.manual_seed(seed)
    model = Network(features, rows.values)
    values, labels = torch.from_numpy(rows.values), torch.from_numpy(rows.labels)
    optimiser = torch.optim.AdamW(model.parameters(), lr=PARAMS["lr"], weight_decay=PARAMS["weightDecay"])
    for _ in range(PARAMS["epochs"]):
        for batch in torch.randperm(len(values)).split(PARAMS["batch"]):
            optimiser.zero_grad()
            nn.functional.cross_entropy(model.logits(values[batch]), labels[batch]).backward()
            optimiser.step()
    return model.eval()


def predict(model, values):
    with torch.no_grad():
        return model(torch.from_numpy(values)).numpy().astype(numpy.float64)


def export(model, width):
    buffer = io.BytesIO()
    torch.onnx.export(model, torch.zeros(2, width), buffer, opset_version=15, input_names=["input"],
                      output_names=["probabilities"],
                      dynamic_axes={"input": {0: "rows"}, "probabilities": {0: "rows"}})
    exported = onnx.load_from_string(buffer.getvalue())
    exported.graph.name = "credit"
    onnx.checker.check_model(exported)
    return exported
