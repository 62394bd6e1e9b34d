"""Models, their versions and aliases."""

from __future__ import annotations

import time
from typing import Any, Mapping

from ._calls import Calls, given, segment, version_path
from ._forms import upload_form
from .converting import onnx_of
from .errors import Conflict, NotFound, TimedOut
from .results import ModelVersion, Promotion, Records
from .rows import rows_of


class ModelCalls(Calls):
    """Models, their versions and aliases."""

    def models(self) -> Records:
        """Every model."""
        return Records(self.pages("/v1/models"))

    def versions(self, model: str) -> list[ModelVersion]:
        """Every version of a model, oldest first."""
        return [ModelVersion.of(raw) for raw in self.pages(f"/v1/models/{segment(model)}/versions")]

    def version(self, model: str, version: str) -> ModelVersion:
        """A version, by number or alias."""
        return ModelVersion.of(self.get(f"/v1/models/{segment(model)}/versions/{segment(version)}"))

    def register(self, model: str, file: Any, *, metadata: Any = None, reference: Any = None, sample: Any = None) -> ModelVersion:
        """Registers a version, and the model if it does not exist yet.

        ``file`` is a path or the bytes of an ONNX file, an ``onnx.ModelProto``, a scikit-learn estimator or a PyTorch module; the last two
        need ``sample``, a batch that they take, and their converters. ``metadata`` is a mapping or a JSON file, ``reference`` a CSV or JSON
        file, a DataFrame or mappings by feature name.
        """
        content = onnx_of(file, sample)
        kind, body = upload_form(content, metadata, reference)
        self._create(model)
        return ModelVersion.of(self._transport.request(
            "POST", f"/v1/models/{segment(model)}/versions", headers={"Content-Type": kind}, content=body).json())

    def register_pipeline(self, model: str, pipeline: Mapping[str, Any], *, metadata: Mapping[str, Any] | None = None,
                          reference: Any = None) -> ModelVersion:
        """Registers several versions that answer as one, as a version of a model, which is made if it does not exist yet.

        ``pipeline`` has inputs, steps, outputs, and combine and onFailure where they are wanted (docs/pipelines.md); ``kind`` may be left out.
        ``reference`` is a DataFrame or mappings by feature name.
        """
        rows = None if reference is None else rows_of(reference)
        body = {**pipeline, "kind": "pipeline", **given(metadata=metadata, reference=rows)}
        self._create(model)
        return ModelVersion.of(self.post(f"/v1/models/{segment(model)}/versions", body))

    def promote(self, model: str, version: str, alias: str = "champion", *, reason: str | None = None,
                strategy: Mapping[str, Any] | None = None, dry_run: bool = False, wait: float | None = 120.0) -> Promotion:
        """Makes an alias name a version, if it passes the gates (errors.InvalidRequest with the code registry.gates_failed otherwise).

        Waits up to ``wait`` seconds until the version is served under the alias; None does not wait. With a ``strategy`` that takes its time
        (``{"kind": "canary", ...}``, docs/promotions.md) it is running when this returns, and wait_for_promotion waits for it. With ``dry_run``
        the gates are measured and nothing moves; ``raw["expected"]`` says what the steps will probably need.
        """
        body = {"version": version, "alias": alias, **given(reason=reason, strategy=strategy, dryRun=dry_run or None)}
        return self._moved(f"/v1/models/{segment(model)}/promotions", body, wait)

    def rollback(self, model: str, alias: str = "champion", *, reason: str | None = None, wait: float | None = 120.0) -> Promotion:
        """Makes an alias name the version that it named before, and waits as promote does."""
        return self._moved(f"/v1/models/{segment(model)}/rollback", {"alias": alias, **given(reason=reason)}, wait)

    def promotion(self, id: str) -> Promotion:
        """How a promotion stands; ``raw["decisions"]`` has each decision with its numbers."""
        return Promotion.of(self.get(f"/v1/promotions/{segment(id)}"))

    def wait_for_promotion(self, id: str, timeout: float | None = None) -> Promotion:
        """Waits while a promotion is running (errors.TimedOut after ``timeout`` seconds); one that is paused waits for people, and is answered."""
        deadline = None if timeout is None else time.monotonic() + timeout
        while (promotion := self.promotion(id)).state == "running":
            if deadline is not None and time.monotonic() > deadline:
                raise TimedOut(f"Promotion {id} is running after {timeout} s.", body=promotion.raw)
            time.sleep(1.0)
        return promotion

    def pause_promotion(self, id: str) -> Promotion:
        """Stops deciding about a promotion; the shares stay as they are."""
        return Promotion.of(self.post(f"/v1/promotions/{segment(id)}/pause", {}))

    def resume_promotion(self, id: str) -> Promotion:
        """Goes on with a paused promotion, from the beginning of its step."""
        return Promotion.of(self.post(f"/v1/promotions/{segment(id)}/resume", {}))

    def cancel_promotion(self, id: str) -> Promotion:
        """Ends a promotion; all requests go to the version that had them before."""
        return Promotion.of(self._transport.request("DELETE", f"/v1/promotions/{segment(id)}", repeatable=False).json())

    def history(self, model: str) -> Records:
        """Who did what to a model's aliases, when and why."""
        return Records(self.pages(f"/v1/models/{segment(model)}/history"))

    def _create(self, model: str) -> None:
        try:
            self._transport.request("POST", "/v1/models", body={"name": model})
        except Conflict as error:
            if error.code != "registry.model_exists":
                raise

    def _moved(self, path: str, body: Mapping[str, Any], wait: float | None) -> Promotion:
        promotion = Promotion.of(self._transport.request("POST", path, body=body).json())
        if wait is not None and promotion.state == "completed":
            self._wait_until_served(promotion, wait)
        return promotion

    def _wait_until_served(self, promotion: Promotion, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        path = f"/v2/{version_path(promotion.model, promotion.alias)}"
        while not self._serves(path, promotion.version):
            if time.monotonic() > deadline:
                raise TimedOut(f"{promotion.model} {promotion.version} was promoted, but is not served after {seconds} s.")
            time.sleep(0.1)

    def _serves(self, path: str, version: str) -> bool:
        try:
            return self.get(path)["parameters"]["version"] == version
        except NotFound:
            return False
