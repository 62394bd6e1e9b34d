"""What the parts of the client have in common: requests, pages, and names in paths."""

from __future__ import annotations

import time
import uuid
from typing import Any, Iterator, Mapping, Sequence
from urllib.parse import quote

from ._transport import Answer, Transport
from .errors import TimedOut
from .results import Prediction
from .tensors import Tensor

_PAGE = 500
_FIRST_PAUSE = 1.0


class Calls:
    """Any route of the API, in JSON."""

    _transport: Transport

    def get(self, path: str, **query: Any) -> Any:
        """The JSON at a path of the API."""
        return self._transport.request("GET", path, query=query).json()

    def post(self, path: str, body: Any, **query: Any) -> Any:
        """The JSON answer to a POST, which is sent once."""
        return self._transport.request("POST", path, query=query, body=body).json()

    def put(self, path: str, body: Any) -> Any:
        """The JSON answer to a PUT."""
        return self._transport.request("PUT", path, body=body).json()

    def delete(self, path: str) -> Any:
        """The JSON answer to a DELETE; None without one."""
        return self._transport.request("DELETE", path).json()

    def pages(self, path: str, query: Mapping[str, Any] | None = None, items: str = "items",
              size: int = _PAGE) -> Iterator[Mapping[str, Any]]:
        """The items of a list, page by page; ``size`` is that of a page."""
        after = (query or {}).get("after")
        while True:
            page = self._transport.request("GET", path, query={**(query or {}), "limit": size, "after": after}).json()
            yield from page[items]
            if (after := page.get("next")) is None:
                return

    def _computed(self, path: str, query: Mapping[str, Any], kind: str, wait: float) -> Answer:
        """The answer to what may have to be computed first (202): it is asked for again, no sooner than the platform says."""
        deadline = time.monotonic() + wait
        while (answer := self._transport.request("GET", path, query=query, headers={"Accept": kind})).status == 202:
            asked = answer.headers.get("retry-after", "")
            pause = float(asked) if asked.isdigit() else _FIRST_PAUSE
            if time.monotonic() + pause > deadline:
                raise TimedOut(f"{path} is still being computed after {wait} s; the same request answers it later.", status=202, body=answer.json())
            time.sleep(pause)
        return answer

    def _tensors(self, model: str, version: str | None, inputs: Any) -> list[Tensor]:
        if isinstance(inputs, Tensor):
            return [inputs]
        if isinstance(inputs, Sequence) and inputs and all(isinstance(each, Tensor) for each in inputs):
            return list(inputs)
        described = {each["name"]: each["datatype"] for each in self.get(f"/v2/{version_path(model, version)}")["inputs"]}
        if not isinstance(inputs, Mapping):
            if len(described) != 1:
                raise ValueError(f"{model} has the inputs {', '.join(described)}: give arrays by their names.")
            inputs = {next(iter(described)): inputs}
        return [Tensor.of(name, values, described.get(name)) for name, values in inputs.items()]




def id_of(prediction: Any) -> str:
    """A prediction's id: a text, or what has it."""
    if isinstance(prediction, str):
        return prediction
    return prediction.prediction_id if hasattr(prediction, "prediction_id") else prediction.id


def version_path(model: str, version: str | None) -> str:
    """The path of a model, or of one of its versions."""
    return f"models/{segment(model)}" + (f"/versions/{segment(version)}" if version is not None else "")


def segment(text: str) -> str:
    """A name in a path."""
    return quote(text, safe="")


def given(**members: Any) -> dict[str, Any]:
    """The members that are not None."""
    return {name: value for name, value in members.items() if value is not None}


def new_id() -> str:
    """An id that nobody has."""
    return str(uuid.uuid4())
