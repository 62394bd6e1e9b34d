"""Scores rows with the exported file under ONNX Runtime (Debian has no Python package for it, npm has one)."""

import json
import subprocess

import numpy

from toolkit.bundle import TOOLKIT


def probabilities(model, rows):
    """The file's answers: one row of class probabilities for each line of a .jsonl or .jsonl.gz file."""
    command = ["node", str(TOOLKIT / "score.mjs"), str(model), str(rows)]
    answer = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return numpy.array([json.loads(line) for line in answer.stdout.splitlines()])
