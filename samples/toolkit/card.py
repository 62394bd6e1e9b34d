"""Keeps the numbers of a model card equal to what was measured."""

import re


def write_metrics(card, columns):
    """The table between the card's metrics markers; columns maps a heading to a dictionary of metrics."""
    names = list(dict.fromkeys(name for metrics in columns.values() for name in metrics))
    cell = lambda metrics, name: f"{metrics[name]:.4f}" if name in metrics else ""
    _write(card, "metrics", ["metric", *columns],
           [[name, *(cell(metrics, name) for metrics in columns.values())] for name in names])


def write_confusion(card, classes, counts):
    """The table between the card's confusion markers: a row per true class, a column per answer."""
    _write(card, "confusion", ["truly", *classes], [[name, *row] for name, row in zip(classes, counts)])


def _write(card, marker, header, rows):
    lines = [header, ["---"] * len(header), *rows]
    table = "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)
    text, count = re.subn(f"(<!-- {marker} -->\n).*?(<!-- /{marker} -->)",
                          lambda found: found[1] + table + "\n" + found[2],
                          card.read_text(encoding="utf-8"), flags=re.S)
    if count != 1:
        raise ValueError(f"{card} needs one pair of {marker} markers")
    card.write_text(text, encoding="utf-8")
