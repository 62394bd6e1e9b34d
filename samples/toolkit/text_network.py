"""The network of both text samples: embeddings, a convolution over neighbours, pooling of both, two dense layers."""

import math
from dataclasses import dataclass

import numpy
import torch
from torch import nn

PAD, UNKNOWN = 0, 1  # the first words of the vocabulary take the ids after these


@dataclass
class Shape:
    tokens: int  # ids, PAD and UNKNOWN included
    classes: int
    longest: int  # tokens read from the start of a text
    embedding: int = 24
    filters: int = 32
    hidden: int = 32
    dropout: float = 0.3
    unknown_rate: float = 0.1  # share of the tokens hidden in training, so that UNKNOWN is learnt


class TextNetwork(nn.Module):
    """Ids [n, t] (PAD after the end) to logits [n, classes]. Padding never changes an answer."""

    def __init__(self, shape):
        super().__init__()
        self.shape = shape
        self.embedding = nn.Embedding(shape.tokens, shape.embedding, padding_idx=PAD)
        with torch.no_grad():
            self.embedding.weight *= 0.1  # so that pooling does not start as noise louder than what is learnt
        self.convolution = nn.Conv1d(shape.embedding, shape.filters, kernel_size=3, padding=1)
        self.hidden = nn.Linear(2 * shape.filters + shape.embedding, shape.hidden)
        self.output = nn.Linear(shape.hidden, shape.classes)
        self.dropout = nn.Dropout(shape.dropout)

    def forward(self, ids):
        mask = (ids != PAD).float().unsqueeze(1)
        embedded = self.embedding(ids).transpose(1, 2)  # PAD is all zeros
        seen = torch.relu(self.convolution(embedded)) * mask
        mean = torch.cat([seen, embedded], dim=1).sum(dim=2) / mask.sum(dim=2).clamp(min=1)
        pooled = torch.cat([seen.amax(dim=2), mean], dim=1)
        return self.output(self.dropout(torch.relu(self.hidden(self.dropout(pooled)))))


@dataclass
class Fit:
    epochs: int
    lr: float = 0.002
    weight_decay: float = 0.01
    batch: int = 64


def train(shape, texts, labels, fit, seed):
    """Texts are lists of ids. The learning rate falls to zero along a cosine."""
    torch.manual_seed(seed)
    model = TextNetwork(shape)
    labels = torch.as_tensor(labels)
    optimiser = torch.optim.AdamW(model.parameters(), lr=fit.lr, weight_decay=fit.weight_decay)
    steps = fit.epochs * math.ceil(len(texts) / fit.batch)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, steps)
    for epoch in range(fit.epochs):
        losses = []
        for batch in torch.randperm(len(texts)).split(fit.batch):
            ids = _hide(pad([texts[i] for i in batch], shape.longest), shape.unknown_rate)
            loss = nn.functional.cross_entropy(model(ids), labels[batch])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            losses.append(loss.item())
        print(f"epoch {epoch + 1}/{fit.epochs}: loss {sum(losses) / len(losses):.4f}", flush=True)
    return model.eval()


def predict(model, texts):
    """Class probabilities [n, classes] in double precision."""
    answers = []
    with torch.no_grad():
        for start in range(0, len(texts), 256):
            ids = pad(texts[start:start + 256], model.shape.longest)
            answers.append(torch.softmax(model(ids), dim=1).numpy())
    return numpy.concatenate(answers).astype(numpy.float64)


def pad(texts, longest):
    """A matrix of ids with at least one column."""
    width = min(longest, max([1, *(len(ids) for ids in texts)]))
    ids = torch.full((len(texts), width), PAD)
    for row, text in enumerate(texts):
        cut = text[:width]
        ids[row, :len(cut)] = torch.as_tensor(cut, dtype=torch.long)
    return ids


def _hide(ids, rate):
    hidden = (torch.rand(ids.shape) < rate) & (ids != PAD)
    return ids.masked_fill(hidden, UNKNOWN)
