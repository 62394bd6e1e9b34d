"""Keeps the numbers of a model card equal to what was measured."""

import re


def write_metrics(card, columns):
    """Replaces the table between the card's markers; columns maps a heading to a dictionary of metrics."""
    names = list(dict.fromkeys(name for metrics in columns.values() for name in metrics))
    lines = ["| metric | " + " | ".join(columns) + " |", "|---|" + "---|" * len(columns)]
    for name in names:
        cells = [f"{metrics[name]:.4f}" if name in metrics else "" for metrics in columns.values()]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    text = card.read_text(encoding="utf-8")
    table = "<!-- metrics -->\n" + "\n".join(lines) + "\n<!-- /metrics -->"
    replaced, count = re.subn(r"<!-- metrics -->.*?<!-- /metrics -->", lambda _: table, text, flags=re.S)
    if count != 1:
        raise ValueError(f"{card} needs one pair of metrics markers")
    card.write_text(replaced, encoding="utf-8")
