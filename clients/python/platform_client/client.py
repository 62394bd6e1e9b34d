"""The platform as Python sees it."""

from __future__ import annotations

import json
import ssl
import time
import uuid
from datetime import datetime
from typing import Any, Collection, Iterator, Mapping, Sequence, overload
from urllib.parse import quote

from ._forms import upload_form
from ._transport import Answer, Transport
from .converting import onnx_of
from .errors import Conflict, NotFound, TimedOut
from .events import follow, wanted
from .explanations import Explanation
from .jobs import Job
from .results import Event, Inference, LabelReceipt, ModelVersion, Prediction, Predictions, Promotion, Records
from .rows import is_array, is_frame, rows_of
from .tensors import Tensor

_PAGE = 500
_WINDOWS = 50
_JSON_LENGTH = "inference-header-content-length"


class Client:
    """Calls one platform. It may be used by several threads, and closes its connections with ``close()`` or at the end of a ``with``.

    ``timeout`` bounds, in seconds, each wait for the platform's answer. What can be repeated without harm is sent up to ``attempts`` times:
    reading, and what carries an id. Everything raises what :mod:`platform_client.errors` has.
    """

    def __init__(self, url: str, key: str | None = None, *, timeout: float = 60.0, attempts: int = 4,
                 ssl_context: ssl.SSLContext | None = None) -> None:
        self._transport = Transport(url, key, timeout, attempts, ssl_context)
        self._url = url

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Client({self._url!r})"  # without the key

    def close(self) -> None:
        """Closes the connections that are kept."""
        self._transport.close()

    # Models

    def models(self) -> Records:
        """Every model."""
        return Records(self.pages("/v1/models"))

    def versions(self, model: str) -> list[ModelVersion]:
        """Every version of a model, oldest first."""
        return [ModelVersion.of(raw) for raw in self.pages(f"/v1/models/{_segment(model)}/versions")]

    def version(self, model: str, version: str) -> ModelVersion:
        """A version, by number or alias."""
        return ModelVersion.of(self.get(f"/v1/models/{_segment(model)}/versions/{_segment(version)}"))

    def register(self, model: str, file: Any, *, metadata: Any = None, reference: Any = None, sample: Any = None) -> ModelVersion:
        """Registers a version, and the model if it does not exist yet.

        ``file`` is a path or the bytes of an ONNX file, an ``onnx.ModelProto``, a scikit-learn estimator or a PyTorch module; the last two
        need ``sample``, a batch that they take, and their converters. ``metadata`` is a mapping or a JSON file, ``reference`` a CSV or JSON
        file, a DataFrame or mappings by feature name.
        """
        content = onnx_of(file, sample)
        kind, body = upload_form(content, metadata, reference)
        try:
            self._transport.request("POST", "/v1/models", body={"name": model})
        except Conflict as error:
            if error.code != "registry.model_exists":
                raise
        return ModelVersion.of(self._transport.request(
            "POST", f"/v1/models/{_segment(model)}/versions", headers={"Content-Type": kind}, content=body).json())

    def promote(self, model: str, version: str, alias: str = "champion", *, reason: str | None = None,
                strategy: Mapping[str, Any] | None = None, wait: float | None = 120.0) -> Promotion:
        """Makes an alias name a version, if it passes the gates (errors.InvalidRequest with the code registry.gates_failed otherwise).

        Waits up to ``wait`` seconds until the version is served under the alias; None does not wait.
        """
        body = {"version": version, "alias": alias, **_given(reason=reason, strategy=strategy)}
        return self._moved(f"/v1/models/{_segment(model)}/promotions", body, wait)

    def rollback(self, model: str, alias: str = "champion", *, reason: str | None = None, wait: float | None = 120.0) -> Promotion:
        """Makes an alias name the version that it named before, and waits as promote does."""
        return self._moved(f"/v1/models/{_segment(model)}/rollback", {"alias": alias, **_given(reason=reason)}, wait)

    def history(self, model: str) -> Records:
        """Who did what to a model's aliases, when and why."""
        return Records(self.pages(f"/v1/models/{_segment(model)}/history"))

    # Predictions

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
        id = prediction_id or _new_id()
        answer = self._transport.request("POST", f"/v1/{_version_path(model, version)}/predictions", body={"rows": rows_of(data)},
                                         headers=_prediction_headers(id, route_key), repeatable=True)
        return Predictions.of(answer.json(), id, data.index if is_frame(data) else None)

    def infer(self, model: str, inputs: Any, version: str | None = None, *, binary: bool = True, parameters: Mapping[str, Any] | None = None,
              prediction_id: str | None = None, route_key: str | None = None) -> Inference:
        """Predicts tensors by the Open Inference Protocol.

        ``inputs`` are tensors, arrays by the inputs' names, or one array for a model with one input; arrays become the datatypes of the
        model. ``binary`` sends and asks for bytes by the protocol's extension, which other servers may not have; JSON otherwise.
        """
        id = prediction_id or _new_id()
        kind, head, body = _infer_body(self._tensors(model, version, inputs), parameters, binary)
        headers = {"Content-Type": kind, **_prediction_headers(id, route_key), **({_JSON_LENGTH: str(head)} if binary else {})}
        answer = self._transport.request("POST", f"/v2/{_version_path(model, version)}/infer", headers=headers, content=body, repeatable=True)
        return _inference(answer, model, id)

    def submit(self, model: str, data: Any, version: str | None = None, *, idempotency_key: str | None = None,
               callback: str | None = None) -> Job:
        """Asks for a prediction in the background: rows by feature name, or tensors as infer takes them.

        A submission with the same ``idempotency_key`` is the same job.
        """
        body = {"rows": rows_of(data)} if _are_rows(data) else {"inputs": [tensor.to_json() for tensor in self._tensors(model, version, data)]}
        receipt = self._transport.request(
            "POST", f"/v1/models/{_segment(model)}/jobs", query={"version": version, "callback": callback}, body=body,
            headers={"Idempotency-Key": idempotency_key or _new_id()}, repeatable=True).json()
        return Job(self, receipt["id"], data.index if is_frame(data) else None)

    def job(self, id: str) -> Job:
        """A job that was submitted earlier."""
        return Job(self, id).refresh()

    def label(self, model: str, prediction: str | Prediction | Mapping[str, Any], label: Any = None, *, at: datetime | None = None) -> LabelReceipt:
        """Tells what came of predictions: of one, or of many as ``{prediction id: label}``.

        Labels that are told again change nothing, and so are sent again when there was no answer.
        """
        labels = prediction if isinstance(prediction, Mapping) else {_id_of(prediction): label}
        when = {} if at is None else {"at": at.isoformat()}
        body = [{"predictionId": id, "label": value, **when} for id, value in labels.items()]
        receipt = self._transport.request("POST", f"/v1/models/{_segment(model)}/ground-truth", body=body, repeatable=True).json()
        return LabelReceipt(receipt["accepted"], receipt["unknown"])

    # Explanations

    def explain(self, model: str, prediction: str | Prediction | None = None, *, inputs: Any = None, version: str | None = None,
                method: str | None = None, lang: str | None = None, **more: Any) -> Explanation:
        """Explains a prediction, by its id or as predict answered it, or tensors as infer takes them.

        ``more`` are further members of the request: output, classes, background, seed, budget. A notebook shows the picture of what comes back.
        """
        if (prediction is None) == (inputs is None):
            raise ValueError("Either a prediction or inputs are explained.")
        what = {"predictionId": _id_of(prediction)} if prediction is not None else {
            "inputs": [tensor.to_json() for tensor in self._tensors(model, version, inputs)]}
        answer = self._transport.request("POST", f"/v1/models/{_segment(model)}/explanations", query={"lang": lang},
                                         body={**what, **_given(version=version, method=method), **more})
        return Explanation.of(answer.json(), self)

    def picture(self, explanation: str, kind: str, picture: str | None = None, row: int = 0, output: str | None = None,
                lang: str | None = None) -> str:
        """An explanation as image/svg+xml or text/html."""
        query = {"picture": picture, "row": row, "class": output, "lang": lang}
        return self._transport.request("GET", f"/v1/explanations/{_segment(explanation)}", query=query, headers={"Accept": kind}).body.decode()

    # Monitoring

    def monitoring(self, model: str, version: str | None = None, *, start: datetime | None = None, end: datetime | None = None,
                   detail: str = "windows") -> Records:
        """The windows of a version (the champion when absent), oldest first; ``detail`` is summary, windows or full."""
        query = {"version": version, "from": start and start.isoformat(), "to": end and end.isoformat(), "detail": detail}
        windows = self.pages(f"/v1/models/{_segment(model)}/monitoring", query, "windows", _WINDOWS)
        return Records(sorted(windows, key=lambda window: window["sequence"]))

    def alerts(self, state: str | None = None) -> Records:
        """Alerts; ``state`` is active, acknowledged, silenced or resolved."""
        return Records(self.pages("/v1/alerts", {"state": state}))

    def events(self, after: int | None = None, *, types: Collection[str] | None = None, model: str | None = None,
               follow_on: bool = True) -> Iterator[Event]:
        """Domain events behind a sequence number, in their order; those from now on when ``after`` is absent.

        Goes on for ever with what happens, over connections that are made again where they break, unless ``follow_on`` is false: then it
        ends with the newest. ``types`` are wire names (``registry.model-promoted.v1``) or messages (``ModelPromoted``).
        """
        if follow_on:
            return follow(self._transport, self.newest_event() if after is None else after, types, model)
        read = (Event.of(raw) for raw in self.pages("/v1/events", {"after": after}))
        return (event for event in read if wanted(event, types, model))

    def newest_event(self) -> int:
        """The sequence number of the newest event; 0 before the first."""
        return self.get("/v1/deployments", limit=1)["sequence"]

    # Any route

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

    def _moved(self, path: str, body: Mapping[str, Any], wait: float | None) -> Promotion:
        promotion = Promotion.of(self._transport.request("POST", path, body=body).json())
        if wait is not None and promotion.state == "completed":
            self._wait_until_served(promotion, wait)
        return promotion

    def _wait_until_served(self, promotion: Promotion, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        path = f"/v2/{_version_path(promotion.model, promotion.alias)}"
        while not self._serves(path, promotion.version):
            if time.monotonic() > deadline:
                raise TimedOut(f"{promotion.model} {promotion.version} was promoted, but is not served after {seconds} s.")
            time.sleep(0.1)

    def _serves(self, path: str, version: str) -> bool:
        try:
            return self.get(path)["parameters"]["version"] == version
        except NotFound:
            return False

    def _tensors(self, model: str, version: str | None, inputs: Any) -> list[Tensor]:
        if isinstance(inputs, Tensor):
            return [inputs]
        if isinstance(inputs, Sequence) and inputs and all(isinstance(each, Tensor) for each in inputs):
            return list(inputs)
        described = {each["name"]: each["datatype"] for each in self.get(f"/v2/{_version_path(model, version)}")["inputs"]}
        if not isinstance(inputs, Mapping):
            if len(described) != 1:
                raise ValueError(f"{model} has the inputs {', '.join(described)}: give arrays by their names.")
            inputs = {next(iter(described)): inputs}
        return [Tensor.of(name, values, described.get(name)) for name, values in inputs.items()]


def _infer_body(tensors: Sequence[Tensor], parameters: Mapping[str, Any] | None, binary: bool) -> tuple[str, int, bytes]:
    """The content type, the length of the JSON and the body."""
    if not binary:
        body = json.dumps({"inputs": [tensor.to_json() for tensor in tensors], **_given(parameters=parameters)}).encode()
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


def _id_of(prediction: str | Prediction) -> str:
    return prediction.prediction_id if isinstance(prediction, Prediction) else prediction


def _prediction_headers(id: str, route_key: str | None) -> dict[str, str]:
    return {"x-prediction-id": id, **({"x-route-key": route_key} if route_key else {})}


def _version_path(model: str, version: str | None) -> str:
    return f"models/{_segment(model)}" + (f"/versions/{_segment(version)}" if version is not None else "")


def _segment(text: str) -> str:
    return quote(text, safe="")


def _given(**members: Any) -> dict[str, Any]:
    return {name: value for name, value in members.items() if value is not None}


def _new_id() -> str:
    return str(uuid.uuid4())
