"""Predictions that were answered, as the platform keeps them. ``raw`` has every member of the answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Mapping, Sequence

from .results import time_of


@dataclass(frozen=True)
class RecordedRow:
    """A row of a request. What has not been said of it, or not been kept, is None; ``feedback`` has the latest first."""

    prediction_id: str
    features: Mapping[str, Any] | None
    class_: str | None
    score: float | None
    value: float | None
    label: str | None
    feedback: Sequence[Mapping[str, Any]] = field(repr=False)
    raw: Mapping[str, Any] = field(repr=False)

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> "RecordedRow":
        label = raw.get("label")
        return cls(raw["predictionId"], raw.get("features"), raw.get("class"), raw.get("score"), raw.get("value"),
                   label["label"] if isinstance(label, Mapping) else label, raw.get("feedback", []), raw)


@dataclass(frozen=True)
class RecordedPrediction:
    """A request and what came of it. ``rows`` are those that its id names, or of a search those that match: at most 100, or 10."""

    id: str
    model: str
    version: str
    route: str
    status: str
    time: datetime
    latency_ms: float
    rows: Sequence[RecordedRow]
    raw: Mapping[str, Any] = field(repr=False)

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> "RecordedPrediction":
        return cls(raw["id"], raw["model"], raw["version"], raw["route"], raw["status"], time_of(raw["time"]), raw["latencyMs"],
                   [RecordedRow.of(row) for row in raw["rows"]], raw)


@dataclass(frozen=True)
class Review:
    """A prediction that waits for a label, and why. ``labels`` are the classes that it can be; None where any number can be one."""

    id: str
    model: str
    version: str
    reason: str
    detail: str
    at: datetime
    prediction: RecordedRow | None
    labels: Sequence[str] | None
    raw: Mapping[str, Any] = field(repr=False)

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> "Review":
        row = raw.get("prediction")
        return cls(raw["id"], raw["model"], raw["version"], raw["reason"], raw["detail"], time_of(raw["at"]),
                   RecordedRow.of(row) if row else None, raw.get("labels"), raw)


@dataclass(frozen=True)
class FeedbackReceipt:
    """Feedback that was taken."""

    id: str
    prediction_id: str
    at: datetime

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> "FeedbackReceipt":
        return cls(raw["id"], raw["predictionId"], time_of(raw["at"]))
