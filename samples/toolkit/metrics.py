"""Metrics on held-out rows, under the names the platform uses."""

import numpy
from sklearn import metrics


def binary(labels, scores, threshold=0.5):
    """Labels are 1 for the positive class; scores are its probability."""
    decisions = (scores >= threshold).astype(int)
    return _rounded({
        "accuracy": metrics.accuracy_score(labels, decisions),
        "balanced_accuracy": metrics.balanced_accuracy_score(labels, decisions),
        "precision": metrics.precision_score(labels, decisions),
        "recall": metrics.recall_score(labels, decisions),
        "f1": metrics.f1_score(labels, decisions),
        "roc_auc": metrics.roc_auc_score(labels, scores),
        "average_precision": metrics.average_precision_score(labels, scores),
        "log_loss": metrics.log_loss(labels, scores),
        "brier": metrics.brier_score_loss(labels, scores),
        "matthews": metrics.matthews_corrcoef(labels, decisions),
    })


def multiclass(labels, probabilities):
    """Labels are class indices; probabilities have one column per class."""
    decisions = probabilities.argmax(axis=1)
    return _rounded({
        "accuracy": metrics.accuracy_score(labels, decisions),
        "precision_macro": metrics.precision_score(labels, decisions, average="macro", zero_division=0),
        "recall_macro": metrics.recall_score(labels, decisions, average="macro", zero_division=0),
        "f1_macro": metrics.f1_score(labels, decisions, average="macro", zero_division=0),
        "log_loss": metrics.log_loss(labels, probabilities / probabilities.sum(axis=1, keepdims=True)),
    })


def disparate_impact(favourable, unprivileged):
    """Share of favourable decisions in the unprivileged group, divided by the share among the others."""
    return round(float(favourable[unprivileged].mean() / favourable[~unprivileged].mean()), 4)


def traffic(measured):
    """The same measures on the committed rows alone, which anyone can recompute from the repository."""
    return {f"traffic_{name}": measured[name] for name in ("accuracy", "log_loss")}


def _rounded(values):
    return {name: round(float(numpy.float64(value)), 4) for name, value in values.items()}
