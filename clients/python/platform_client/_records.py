"""Predictions that were answered: by id, by search, feedback, and the queue of those that wait for a label."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Iterator, Mapping

from ._calls import Calls, given, id_of, segment
from .records import FeedbackReceipt, RecordedPrediction, RecordedRow, Review
from .results import Prediction


class RecordCalls(Calls):
    """Predictions that were answered."""

    def prediction(self, prediction: str | Prediction) -> RecordedPrediction:
        """Everything that is known under an id; ``ID:i`` is row i of a request."""
        return RecordedPrediction.of(self.get(_path_of(prediction)))

    def search(self, model: str | None = None, where: str | None = None, *, version: str | None = None, start: datetime | None = None,
               end: datetime | None = None) -> Iterator[RecordedPrediction]:
        """The last predictions, the newest first; further ones are searched for as they are asked for.

        ``where`` is a filter such as ``age > 40 and class = 'bad'``, and needs a model, as ``version`` does. docs/predictions.md has its language.
        """
        query = {"model": model, "where": where, "version": version, "from": start and start.isoformat(), "to": end and end.isoformat()}
        return (RecordedPrediction.of(raw) for raw in self.pages("/v1/predictions", query))

    def feedback(self, prediction: str | Prediction | RecordedRow, verdict: str, *, label: Any = None,
                 attributions: Mapping[str, str] | None = None, comment: str | None = None) -> FeedbackReceipt:
        """Says of a prediction whether its answer is right: agree, disagree or unsure.

        A ``label`` counts as ground truth; ``attributions`` are comments by feature. It is sent once, as it is kept beside what was said before.
        """
        said = None if attributions is None else [{"feature": name, "comment": text} for name, text in attributions.items()]
        return FeedbackReceipt.of(self.post(f"{_path_of(prediction)}/feedback", {
            "verdict": verdict, **given(label=label, attributions=said, comment=comment)}))

    def reviews(self, model: str | None = None) -> Iterator[Review]:
        """Predictions that wait for a label, those that came first first."""
        return (Review.of(raw) for raw in self.pages("/v1/review-queue", {"model": model}))

    def next_review(self, model: str | None = None) -> Review | None:
        """The prediction that has waited longest; None where none waits."""
        items = self._transport.request("GET", "/v1/review-queue", query={"model": model, "limit": 1}).json()["items"]
        return Review.of(items[0]) if items else None

    def answer(self, review: str | Review, label: Any, *, comment: str | None = None, model: str | None = None) -> FeedbackReceipt:
        """Labels a prediction that waits, by its id or as the queue has it; it waits no longer.

        ``model`` says which is meant where several have used an id.
        """
        of = review.model if isinstance(review, Review) else model
        path = f"/v1/review-queue/{segment(id_of(review))}"
        return FeedbackReceipt.of(self._transport.request("POST", path, query={"model": of}, body={"label": label, **given(comment=comment)}).json())


def _path_of(prediction: Any) -> str:
    return f"/v1/predictions/{segment(id_of(prediction))}"
