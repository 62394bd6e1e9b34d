"""How models do, and what came of their predictions."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Mapping

from ._calls import Calls, given, id_of, segment
from .results import LabelReceipt, OutcomeReceipt, Prediction, Records

_WINDOWS = 50


class MonitoringCalls(Calls):
    """How models do, and what came of their predictions."""

    def label(self, model: str, prediction: str | Prediction | Mapping[str, Any], label: Any = None, *, at: datetime | None = None) -> LabelReceipt:
        """Tells what came of predictions: of one, or of many as ``{prediction id: label}``.

        Labels that are told again change nothing, and so are sent again when there was no answer.
        """
        labels = prediction if isinstance(prediction, Mapping) else {id_of(prediction): label}
        when = {} if at is None else {"at": at.isoformat()}
        body = [{"predictionId": id, "label": value, **when} for id, value in labels.items()]
        receipt = self._transport.request("POST", f"/v1/models/{segment(model)}/ground-truth", body=body, repeatable=True).json()
        return LabelReceipt(receipt["accepted"], receipt["unknown"])

    def outcome(self, model: str, prediction: str | Prediction | Mapping[str, float], name: str, value: float | None = None, *,
                at: datetime | None = None) -> OutcomeReceipt:
        """Tells what came of predictions for the business: of one, or of many as ``{prediction id: value}``.

        ``name`` is conversion, revenue or the like; more is better. A row's first value of a name stands, so say 0 when nothing is to be expected any more.
        Told again it changes nothing, and so it is sent again when there was no answer.
        """
        if isinstance(prediction, Mapping):
            values = prediction
        elif value is None:
            raise ValueError("An outcome has a value.")
        else:
            values = {id_of(prediction): value}
        when = {} if at is None else {"at": at.isoformat()}
        body = [{"predictionId": id, "name": name, "value": amount, **when} for id, amount in values.items()]
        receipt = self._transport.request("POST", f"/v1/models/{segment(model)}/outcomes", body=body, repeatable=True).json()
        return OutcomeReceipt(receipt["accepted"], receipt["unknown"], receipt.get("hint"))

    def monitoring(self, model: str, version: str | None = None, *, start: datetime | None = None, end: datetime | None = None,
                   detail: str = "windows") -> Records:
        """The windows of a version (the champion when absent), oldest first; ``detail`` is summary, windows or full."""
        query = {"version": version, "from": start and start.isoformat(), "to": end and end.isoformat(), "detail": detail}
        windows = self.pages(f"/v1/models/{segment(model)}/monitoring", query, "windows", _WINDOWS)
        return Records(sorted(windows, key=lambda window: window["sequence"]))

    def alerts(self, state: str | None = None) -> Records:
        """Alerts; ``state`` is active, acknowledged, silenced or resolved."""
        return Records(self.pages("/v1/alerts", {"state": state}))

    def alert(self, id: str) -> Mapping[str, Any]:
        """An alert with its history."""
        return self.get(f"/v1/alerts/{segment(id)}")

    def acknowledge_alert(self, id: str, note: str | None = None) -> Mapping[str, Any]:
        """Says that somebody sees to an alert."""
        return self._move_alert(id, "acknowledge", note=note)

    def silence_alert(self, id: str, until: datetime | None = None, note: str | None = None) -> Mapping[str, Any]:
        """Wants to hear no more of an alert until a time, or until it is over."""
        return self._move_alert(id, "silence", note=note, until=until and until.isoformat())

    def resolve_alert(self, id: str, note: str | None = None) -> Mapping[str, Any]:
        """Calls an alert settled; new breaches raise a new one."""
        return self._move_alert(id, "resolve", note=note)

    def alert_rules(self) -> Records:
        """The rules that hold, the default ones included."""
        return Records(self.get("/v1/alert-rules")["items"])

    def set_alert_rule(self, id: str, metric: str, **rule: Any) -> Mapping[str, Any]:
        """Sets a rule, a new one or one in place of another: ``set_alert_rule("wrong", "performance.accuracy", model="credit", operator="below", threshold=0.7)``.

        Its members have the names of the API; what is left out is as in the default rules.
        """
        return self.put(f"/v1/alert-rules/{segment(id)}", {"metric": metric, **rule})

    def remove_alert_rule(self, id: str) -> None:
        """Takes a rule away; a default one that was changed comes back as it was."""
        self.delete(f"/v1/alert-rules/{segment(id)}")

    def _move_alert(self, id: str, action: str, **body: Any) -> Mapping[str, Any]:
        return self.post(f"/v1/alerts/{segment(id)}/{action}", given(**body))
