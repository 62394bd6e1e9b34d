"""What versions as a whole go by: importances and curves that show themselves in a notebook."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from typing import Any, Callable, Mapping, Sequence

from .results import Records
from .rows import records_to_frame

#: Gives a form of an answer: its media type and further members of the query.
Show = Callable[..., str]


@dataclass(frozen=True)
class _Shown:
    model: str
    version: str
    sentences: Sequence[str]
    raw: Mapping[str, Any] = field(repr=False)
    _show: Show = field(repr=False, compare=False)

    def svg(self, **more: Any) -> str:
        """The picture; ``more`` are ``class_`` and ``lang``, and of curves ``picture``."""
        return self._show("image/svg+xml", **more)

    def html(self, **more: Any) -> str:
        """A page with the picture, the sentences and the numbers; it needs no network and no script."""
        return self._show("text/html", **more)

    def _repr_svg_(self) -> str:
        return self.svg()

    def _repr_html_(self) -> str:
        return f"<figure>{self.svg()}<figcaption>{'<br>'.join(map(escape, self.sentences))}</figcaption></figure>"


@dataclass(frozen=True)
class Importance(_Shown):
    """How much a version goes by each of its features, in what ``measure`` says."""

    @property
    def method(self) -> str:
        """permutation or shap."""
        return self.raw["method"]

    @property
    def measure(self) -> str:
        """accuracy, mean_absolute_error, output_change or mean_absolute_shapley."""
        return self.raw["measure"]

    @property
    def importances(self) -> Records:
        """Every feature with its importance and standard error, the largest first; of several labels, one after the other."""
        return Records(self.raw["importances"])

    def values(self, label: str | None = None) -> dict[str, float | None]:
        """The importances by feature, the largest first."""
        return {each["feature"]: each["importance"] for each in self.importances if each["label"] == label}

    def to_frame(self) -> Any:
        """A DataFrame of the importances."""
        return self.importances.to_frame()


@dataclass(frozen=True)
class Dependence(_Shown):
    """How a version's answer follows features: a curve for each."""

    @property
    def kind(self) -> str:
        """pdp, ice or ale."""
        return self.raw["kind"]

    @property
    def output_names(self) -> Sequence[str]:
        """A name for each number of a value."""
        return self.raw["outputNames"]

    @property
    def curves(self) -> Sequence[Mapping[str, Any]]:
        """For each feature its points, and the values, standard errors and rows at them."""
        return self.raw["curves"]

    def to_frame(self) -> Any:
        """A DataFrame with a row for each feature, point and output of the mean curves; empty for ice, which has none."""
        return records_to_frame([
            {"feature": curve["feature"], "point": point, "output": name, "value": values[at]}
            for curve in self.curves for point, values in zip(curve["points"], curve["values"] or []) for at, name in enumerate(self.output_names)])
