"""Predictions, at once and in the background."""

from __future__ import annotations

import json
from typing import Any, Mapping, Sequence, overload

from ._calls import Calls, given, new_id, segment, version_path
from ._transport import Answer
from .jobs import Job
from .results import Inference, Predictions
from .rows import is_array, is_frame, rows_of
from .tensors import Tensor

_JSON_LENGTH = "inference-header-content-length"


class PredictionCalls(Calls):
    """Predictions, at once and in the background."""

    @overload
    def predict(self, model: str, data: Mapping[str, Any] | Sequence[Mapping[str, Any]], version: str | None = None, *,
                prediction_id: str | None = None, route_key: str | None = None) -> Predictions: ...

    @overload
    def predict(self, model: str, data: Any, version: str | None = None, *,
                prediction_id: str | None = None, route_key: str | None = None) -> Predictions | Inference: ...

    def predict(self, model: str, data: Any, version: str | None = None, *,
                prediction_id: str | None = None, route_key: str | None = None) -> Predictions | Inference:
        """Predicts rows by feature name (a DataFrame, mappings), or a NumPy array as the model's only input, which answers tensors.

        ``version`` is a number or an alias; the champion when absent. ``prediction_id`` is new when absent.
        """
        if is_array(data):
            return self.infer(model, data, version, prediction_id=prediction_id, route_key=route_key)
        id = prediction_id or new_id()
        answer = self._transport.request("POST", f"/v1/{version_path(model, version)}/predictions", body={"rows": rows_of(data)},
                                         headers=_prediction_headers(id, route_key), repeatable=True)
        return Predictions.of(answer.json(), id, data.index if is_frame(data) else None)

    def infer(self, model: str, inputs: Any, version: str | None = None, *, binary: bool = True, parameters: Mapping[str, Any] | None = None,
              prediction_id: str | None = None, route_key: str | None = None) -> Inference:
        """Predicts tensors by the Open Inference Protocol.

        ``inputs`` are tensors, arrays by the inputs' names, or one array for a model with one input; arrays become the datatypes of the
        model. ``binary`` sends and asks for bytes by the protocol's extension, which other servers may not have; JSON otherwise.
        """
        id = prediction_id or new_id()
        kind, head, body = _infer_body(self._tensors(model, version, inputs), parameters, binary)
        headers = {"Content-Type": kind, **_prediction_headers(id, route_key), **({_JSON_LENGTH: str(head)} if binary else {})}
        answer = self._transport.request("POST", f"/v2/{version_path(model, version)}/infer", headers=headers, content=body, repeatable=True)
        return _inference(answer, model, id)

    def submit(self, model: str, data: Any, version: str | None = None, *, idempotency_key: str | None = None,
               callback: str | None = None) -> Job:
        """Asks for a prediction in the background: rows by feature name, or tensors as infer takes them.

        A submission with the same ``idempotency_key`` is the same job.
        """
        body = {"rows": rows_of(data)} if _are_rows(data) else {"inputs": [tensor.to_json() for tensor in self._tensors(model, version, data)]}
        receipt = self._transport.request(
            "POST", f"/v1/models/{segment(model)}/jobs", query={"version": version, "callback": callback}, body=body,
            headers={"Idempotency-Key": idempotency_key or new_id()}, repeatable=True).json()
        return Job(self, receipt["id"], data.index if is_frame(data) else None)

    def job(self, id: str) -> Job:
        """A job that was submitted earlier."""
        return Job(self, id).refresh()


def _infer_body(tensors: Sequence[Tensor], parameters: Mapping[str, Any] | None, binary: bool) -> tuple[str, int, bytes]:
    """The content type, the length of the JSON and the body."""
    if not binary:
        body = json.dumps({"inputs": [tensor.to_json() for tensor in tensors], **given(parameters=parameters)}).encode()
        return "application/json", len(body), body
    raws = [tensor.to_bytes() for tensor in tensors]
    head = json.dumps({
        "inputs": [{"name": tensor.name, "datatype": tensor.datatype, "shape": list(tensor.shape), "parameters": {"binary_data_size": len(raw)}}
                   for tensor, raw in zip(tensors, raws)],
        "parameters": {"binary_data_output": True, **(parameters or {})}}).encode()
    return "application/octet-stream", len(head), b"".join([head, *raws])


def _inference(answer: Answer, model: str, id: str) -> Inference:
    length = int(answer.headers.get(_JSON_LENGTH, len(answer.body)))
    head, at, outputs = json.loads(answer.body[:length]), length, {}
    for output in head["outputs"]:
        size = output.get("parameters", {}).get("binary_data_size")
        if size is None:
            outputs[output["name"]] = Tensor.from_json(output)
        else:
            outputs[output["name"]] = Tensor.from_bytes(output["name"], output["datatype"], output["shape"], answer.body[at:at + size])
            at += size
    return Inference(model, answer.headers.get("x-model-version") or head.get("model_version", ""), answer.headers.get("x-prediction-id", id), outputs,
                     head.get("parameters", {}))


def _are_rows(data: Any) -> bool:
    if is_frame(data):
        return True
    if isinstance(data, Mapping):
        return not any(is_array(value) for value in data.values())
    return isinstance(data, Sequence) and bool(data) and all(isinstance(row, Mapping) for row in data)


def _prediction_headers(id: str, route_key: str | None) -> dict[str, str]:
    return {"x-prediction-id": id, **({"x-route-key": route_key} if route_key else {})}
