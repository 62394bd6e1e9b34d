"""The classic small convolutional network for 28 × 28 images."""

import io

import numpy
import onnx
import torch
from torch import nn

PARAMS = {"epochs": 8, "lr": 0.002, "weightDecay": 0.01, "batch": 128, "dropout": 0.3}


class Network(nn.Module):
    """FP32 [n, 1, 28, 28] with pixels 0 to 255, to class probabilities [n, 10]."""

    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(1, 32, 3), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten())
        self.classifier = nn.Sequential(
            nn.Dropout(PARAMS["dropout"]), nn.Linear(64 * 5 * 5, 64), nn.ReLU(), nn.Linear(64, 10))

    def logits(self, images):
        return self.classifier(self.features(images / 255))

    def forward(self, images):
        return torch.softmax(self.logits(images), dim=1)


def train(images, labels, seed):
    torch.manual_seed(seed)
    model, count = Network(), len(labels)
    labels = torch.from_numpy(labels)
    optimiser = torch.optim.AdamW(model.parameters(), lr=PARAMS["lr"], weight_decay=PARAMS["weightDecay"])
    steps = PARAMS["epochs"] * -(-count // PARAMS["batch"])
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, steps)
    for epoch in range(PARAMS["epochs"]):
        total = 0.0
        for batch in torch.randperm(count).split(PARAMS["batch"]):
            loss = nn.functional.cross_entropy(model.logits(_tensor(images[batch.numpy()])), labels[batch])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            total += loss.item() * len(batch)
        print(f"epoch {epoch + 1}/{PARAMS['epochs']}: loss {total / count:.4f}", flush=True)
    return model.eval()


def predict(model, images):
    with torch.no_grad():
        answers = [model(_tensor(images[i:i + 500])).numpy() for i in range(0, len(images), 500)]
    return numpy.concatenate(answers).astype(numpy.float64)


def export(model):
    buffer = io.BytesIO()
    torch.onnx.export(model, torch.zeros(2, 1, 28, 28), buffer, opset_version=15, input_names=["input"],
                      output_names=["probabilities"],
                      dynamic_axes={"input": {0: "rows"}, "probabilities": {0: "rows"}})
    exported = onnx.load_from_string(buffer.getvalue())
    exported.graph.name = "fashion"
    onnx.checker.check_model(exported)
    return exported


def _tensor(images):
    return torch.from_numpy(images.astype(numpy.float32)).unsqueeze(1)
