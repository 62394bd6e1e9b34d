"""The 1,000 German credit applications: reading the ARFF file, encoding, splitting."""

import csv
import re
from dataclasses import dataclass

import numpy
from sklearn.model_selection import train_test_split

CLASSES = ["good", "bad"]


@dataclass
class Feature:
    name: str
    categories: list  # empty for a numerical feature


@dataclass
class Rows:
    """`values` is FP32 [n, 20]: raw numbers, and for a categorical feature the index of its category."""
    values: numpy.ndarray
    labels: numpy.ndarray  # index into CLASSES

    def take(self, index):
        return Rows(self.values[index], self.labels[index])


def load(path):
    """Answers the features in the file's order and all rows; the last attribute is the class."""
    attributes, records = [], []
    for line in path.read_text(encoding="latin-1").splitlines():
        if line.startswith("@attribute"):
            attributes.append(_feature(line))
        elif line and line[0] not in "%@":
            records.append(_cells(line))
    features = attributes[:-1]
    values = [[_encode(f, cell) for f, cell in zip(features, r)] for r in records]
    labels = [CLASSES.index(r[-1]) for r in records]
    return features, Rows(numpy.array(values, dtype=numpy.float32), numpy.array(labels))


def split(rows, seed):
    """550 rows to train on, 200 as the reference, 250 held out; good and bad in the same proportion in each."""
    index = numpy.arange(len(rows.labels))
    rest, heldout = train_test_split(index, test_size=250, stratify=rows.labels, random_state=seed)
    train, reference = train_test_split(rest, test_size=200, stratify=rows.labels[rest], random_state=seed)
    return rows.take(train), rows.take(reference), rows.take(heldout)


def young_large(features, train, heldout, size, seed):
    """The shifted slice: held-out applicants under 30 asking for more than 70% of the training rows did."""
    names = [f.name for f in features]
    age, amount = names.index("age"), names.index("credit_amount")
    large = numpy.quantile(train.values[:, amount], 0.7)
    index = numpy.flatnonzero((heldout.values[:, age] < 30) & (heldout.values[:, amount] > large))
    drawn = numpy.random.default_rng(seed).choice(index, size, replace=True)
    return heldout.take(drawn), len(index)


def readable(features, rows):
    """Rows with the category's name in each categorical cell and the class at the end."""
    for values, label in zip(rows.values, rows.labels):
        cells = [f.categories[int(v)] if f.categories else int(v) for f, v in zip(features, values)]
        yield [*cells, CLASSES[label]]


def _feature(line):
    name, kind = re.match(r"@attribute\s+(\S+)\s+(.*)", line).groups()
    return Feature(name, _cells(kind.strip("{} ")) if kind.startswith("{") else [])


def _cells(line):
    return next(csv.reader([line], quotechar="'", skipinitialspace=True))


def _encode(feature, cell):
    return feature.categories.index(cell) if feature.categories else float(cell)
