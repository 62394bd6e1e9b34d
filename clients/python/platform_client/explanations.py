"""Explanations that show themselves in a notebook."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any, Mapping, Sequence

if TYPE_CHECKING:
    from .client import Client


@dataclass(frozen=True)
class Explanation:
    """Why a model answered what it answered for one or more rows: Shapley values, or by method counterfactual or anchors what stands in ``rows``.

    For each row, ``base + sum(attributions) + residual = prediction``, for each of ``output_names``. ``sentences`` says it in words.
    """

    id: str
    model: str
    version: str
    method: str
    features: Sequence[str]
    output_names: Sequence[str]
    sentences: Sequence[str]
    rows: Sequence[Mapping[str, Any]] = field(repr=False)
    raw: Mapping[str, Any] = field(repr=False)
    _client: "Client" = field(repr=False, compare=False)

    @classmethod
    def of(cls, raw: Mapping[str, Any], client: "Client") -> "Explanation":
        return cls(raw["id"], raw["model"], raw["version"], raw["method"], raw["features"], raw["outputNames"], raw["sentences"],
                   raw["rows"], raw, client)

    def attributions(self, row: int = 0, output: str | int = 0) -> dict[str, float]:
        """What each feature added to an output of a row, by name; the largest first."""
        at = output if isinstance(output, int) else list(self.output_names).index(output)
        shown = self.rows[row]
        parts = zip(shown.get("features") or self.features, (values[at] for values in shown["attributions"]))
        return dict(sorted(parts, key=lambda part: -abs(part[1])))

    def svg(self, picture: str | None = None, row: int = 0, output: str | None = None, lang: str | None = None) -> str:
        """The picture: waterfall, bars, force, heatmap, text, counterfactual or anchors; the one that suits best when absent."""
        return self._client.picture(self.id, "image/svg+xml", picture, row, output, lang)

    def html(self, picture: str | None = None, row: int = 0, output: str | None = None, lang: str | None = None) -> str:
        """A page with the picture, the sentences and the numbers; it needs no network and no script."""
        return self._client.picture(self.id, "text/html", picture, row, output, lang)

    def _repr_svg_(self) -> str:
        return self.svg()

    def _repr_html_(self) -> str:
        return f"<figure>{self.svg()}<figcaption>{'<br>'.join(map(escape, self.sentences))}</figcaption></figure>"
