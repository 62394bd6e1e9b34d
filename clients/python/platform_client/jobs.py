"""Predictions in the background."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Mapping, Union

from .errors import JobFailed, TimedOut
from .results import Inference, Predictions
from .tensors import Tensor

if TYPE_CHECKING:
    from .client import Client

_ENDED = frozenset({"succeeded", "failed", "cancelled"})
_FIRST_PAUSE, _LONGEST_PAUSE = 0.05, 2.0


class Job:
    """A job as it was last seen."""

    def __init__(self, client: "Client", id: str, index: Any = None) -> None:
        self._client, self.id, self._index = client, id, index
        self.raw: Mapping[str, Any] = {}

    @property
    def state(self) -> str:
        """queued, running, succeeded, failed or cancelled, as it was last seen."""
        return self.raw.get("state", "queued")

    def refresh(self) -> "Job":
        """Looks how far it has come."""
        self.raw = self._client.get(f"/v1/jobs/{self.id}")
        return self

    def cancel(self) -> "Job":
        """Cancels it, unless it has ended (errors.Conflict)."""
        self.raw = self._client.delete(f"/v1/jobs/{self.id}")
        return self

    def wait(self, timeout: float | None = None) -> Union[Predictions, Inference]:
        """Waits for its end and answers the result.

        Raises errors.JobFailed when it ended without one, errors.TimedOut when it has not ended after ``timeout`` seconds; it goes on then.
        """
        deadline = None if timeout is None else time.monotonic() + timeout
        pause = _FIRST_PAUSE
        while self.refresh().state not in _ENDED:
            if deadline is not None and time.monotonic() + pause > deadline:
                raise TimedOut(f"Job {self.id} is {self.state} after {timeout} s.")
            time.sleep(pause)
            pause = min(pause * 1.5, _LONGEST_PAUSE)
        return self.result()

    def result(self) -> Union[Predictions, Inference]:
        """The result of a job that has succeeded; raises errors.JobFailed for any other."""
        if self.state != "succeeded":
            error = self.raw.get("error") or {}
            raise JobFailed(error.get("detail") or f"Job {self.id} is {self.state}.", code=error.get("code"), body=self.raw)
        result = self.raw["result"]
        if "rows" in result:
            return Predictions.of(result, self.raw["predictionId"], self._index)
        outputs = {tensor["name"]: Tensor.from_json(tensor) for tensor in result["outputs"]}
        return Inference(self.raw["model"], self.raw["version"], self.raw["predictionId"], outputs, result.get("parameters", {}))

    def __repr__(self) -> str:
        return f"Job(id={self.id!r}, state={self.state!r})"
