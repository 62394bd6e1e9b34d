"""Why a model answers what it answers."""

from __future__ import annotations

from typing import Any, Mapping, Sequence

from ._calls import Calls, given, id_of, segment
from .explanations import Explanation
from .results import Prediction
from .whole import Dependence, Importance, Show


class ExplanationCalls(Calls):
    """Why a model answers what it answers."""

    def explain(self, model: str, prediction: str | Prediction | None = None, *, inputs: Any = None, version: str | None = None,
                method: str | None = None, lang: str | None = None, **more: Any) -> Explanation:
        """Explains a prediction, by its id or as predict answered it, or tensors as infer takes them.

        ``more`` are further members of the request: output, classes, background, seed, budget; counterfactual and anchors,
        which are what the methods of these names go by. A notebook shows the picture of what comes back.
        """
        if (prediction is None) == (inputs is None):
            raise ValueError("Either a prediction or inputs are explained.")
        what = {"predictionId": id_of(prediction)} if prediction is not None else {
            "inputs": [tensor.to_json() for tensor in self._tensors(model, version, inputs)]}
        answer = self._transport.request("POST", f"/v1/models/{segment(model)}/explanations", query={"lang": lang},
                                         body={**what, **given(version=version, method=method), **more})
        return Explanation.of(answer.json(), self)

    def picture(self, explanation: str, kind: str, picture: str | None = None, row: int = 0, output: str | None = None,
                lang: str | None = None) -> str:
        """An explanation as image/svg+xml or text/html."""
        query = {"picture": picture, "row": row, "class": output, "lang": lang}
        return self._transport.request("GET", f"/v1/explanations/{segment(explanation)}", query=query, headers={"Accept": kind}).body.decode()

    def importance(self, model: str, version: str | None = None, *, method: str | None = None, per: str | None = None, lang: str | None = None,
                   wait: float = 600.0, **more: Any) -> Importance:
        """How much a version (the champion when absent) goes by each of its features. A notebook shows the picture of what comes back.

        ``method`` is permutation, which is the default, or shap; ``per`` feature or label; ``more`` rows, repeats, budget, seed, output. It is computed once
        and kept by the platform; while it is being computed it is asked for again, up to ``wait`` seconds (errors.TimedOut then).
        """
        query = {"version": version, "method": method, "per": per, "lang": lang, **more}
        return Importance(*self._whole(model, "importance", query, wait))

    def dependence(self, model: str, features: str | Sequence[str] = (), version: str | None = None, *, kind: str | None = None,
                   prediction: str | Prediction | None = None, lang: str | None = None, wait: float = 600.0, **more: Any) -> Dependence:
        """How a version's answer follows features: ``kind`` is pdp, which is the default, ice or ale.

        With ``prediction`` it follows that row alone (ice): what the model would have answered with other values. ``more`` are rows, points, seed, output.
        It waits as importance does.
        """
        query = {"feature": [features] if isinstance(features, str) else list(features), "version": version, "lang": lang, **more,
                 "kind": kind or ("ice" if prediction is not None else None), "predictionId": None if prediction is None else id_of(prediction)}
        return Dependence(*self._whole(model, "dependence", query, wait))

    def _whole(self, model: str, what: str, query: Mapping[str, Any], wait: float) -> tuple[str, str, Sequence[str], Mapping[str, Any], Show]:
        path = f"/v1/models/{segment(model)}/{what}"
        answer = self._computed(path, query, "application/json", wait).json()
        # What is shown is of the version that was measured, whatever an alias names by then.
        measured = {**query, "version": answer["version"]}

        def show(kind: str, class_: str | None = None, **more: Any) -> str:
            return self._computed(path, {**measured, "class": class_, **more}, kind, wait).body.decode()

        return answer["model"], answer["version"], answer["sentences"], answer, show
