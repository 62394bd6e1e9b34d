"""What the platform answers, typed. ``raw`` has every member of the answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Iterator, Mapping, Sequence

from .rows import records_to_frame
from .tensors import Tensor


@dataclass(frozen=True)
class ModelVersion:
    """A registered version."""

    model: str
    version: str
    status: str
    sha256: str
    aliases: tuple[str, ...]
    raw: Mapping[str, Any] = field(repr=False)

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> "ModelVersion":
        return cls(raw["model"], raw["version"], raw["status"], raw["sha256"], tuple(raw["aliases"]), raw)


@dataclass(frozen=True)
class Promotion:
    """An alias that was moved, or is to be. ``gates`` has what was measured before; ``raw`` has step, decisions and expected samples of a strategy.

    ``state`` is completed, running, paused, rolled_back or cancelled; measured where nothing was to move.
    """

    id: str
    model: str
    version: str
    alias: str
    previous_version: str | None
    state: str
    gates: Sequence[Mapping[str, Any]] = field(repr=False)
    raw: Mapping[str, Any] = field(repr=False)

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> "Promotion":
        return cls(raw["id"], raw["model"], raw["version"], raw["alias"], raw.get("previousVersion"), raw["state"], raw.get("gates", []), raw)


@dataclass(frozen=True)
class Prediction:
    """The answer to one row. ``class_`` and ``score``, or ``value``, are there as far as the version says what its output means."""

    prediction_id: str
    class_: str | None
    score: float | None
    value: float | None
    outputs: Mapping[str, Any]

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> "Prediction":
        return cls(raw["predictionId"], raw.get("class"), raw.get("score"), raw.get("value"), raw["outputs"])


@dataclass(frozen=True)
class Predictions(Sequence[Prediction]):
    """The answers to the rows of one request, in their order. ``prediction_id`` names all of them, ``rows[i].prediction_id`` one."""

    model: str
    version: str
    prediction_id: str
    rows: Sequence[Prediction]
    index: Any = field(default=None, repr=False)

    @classmethod
    def of(cls, raw: Mapping[str, Any], prediction_id: str, index: Any = None) -> "Predictions":
        return cls(raw["model"], raw["version"], prediction_id, [Prediction.of(row) for row in raw["rows"]], index)

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, at: Any) -> Any:
        return self.rows[at]

    def __iter__(self) -> Iterator[Prediction]:
        return iter(self.rows)

    def to_records(self) -> list[dict[str, Any]]:
        """A record for each row: prediction_id, class and score or value as far as there are any, and the outputs."""
        known = [("class", "class_"), ("score", "score"), ("value", "value")]
        return [{"prediction_id": row.prediction_id, **{name: getattr(row, member) for name, member in known if getattr(row, member) is not None},
                 **row.outputs} for row in self.rows]

    def to_frame(self) -> Any:
        """A DataFrame with the index of the one that was asked about."""
        return records_to_frame(self.to_records(), self.index)


@dataclass(frozen=True)
class Inference:
    """The answer to tensors: every output by its name."""

    model: str
    version: str
    prediction_id: str
    outputs: Mapping[str, Tensor]
    parameters: Mapping[str, Any] = field(default_factory=dict, repr=False)

    def __getitem__(self, output: str) -> Tensor:
        return self.outputs[output]

    def row_id(self, row: int) -> str:
        """The id of one row, counted from 0, for labels and explanations."""
        return f"{self.prediction_id}:{row}"


@dataclass(frozen=True)
class LabelReceipt:
    """How many labels were taken, and how many predictions nobody has heard of yet; their labels are kept for a while."""

    accepted: int
    unknown: int


@dataclass(frozen=True)
class OutcomeReceipt:
    """How many outcomes were taken, and how many predictions nobody has heard of yet; ``hint`` says what is wrong with those that name no row."""

    accepted: int
    unknown: int
    hint: str | None = None


@dataclass(frozen=True)
class Event:
    """A domain event."""

    sequence: int
    type: str
    model: str | None
    at: datetime
    data: Mapping[str, Any] = field(repr=False)

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> "Event":
        return cls(raw["sequence"], raw["type"], raw.get("model"), time_of(raw["at"]), raw["data"])


class Records(list[Mapping[str, Any]]):
    """Records as the platform answers them, which can become a DataFrame."""

    def to_frame(self) -> Any:
        """A DataFrame; members of nested records have their names joined by dots."""
        return records_to_frame(self)


def time_of(text: str) -> datetime:
    """A time of the API. Python before 3.11 reads neither Z nor seven digits of a second."""
    text = text.replace("Z", "+00:00")
    head, dot, tail = text.partition(".")
    if not dot:
        return datetime.fromisoformat(text)
    digits = len(tail) - len(tail.lstrip("0123456789"))
    return datetime.fromisoformat(f"{head}.{tail[:digits][:6].ljust(6, '0')}{tail[digits:]}")
