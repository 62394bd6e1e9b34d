"""Trains both versions of the credit model and writes everything the platform registers and replays.

From samples/:  /usr/bin/python3 -m credit.train
"""

import argparse
from pathlib import Path

import numpy
import torch

from credit import data, forest, network
from toolkit import bundle, card, metrics, runtime

SAMPLE = Path(__file__).parent
ARFF = Path("/usr/share/doc/weka/examples/credit-g.arff")
SHIFTED_ROWS = 250


def main():
    arguments = _arguments()
    torch.set_num_threads(1)
    features, rows = data.load(arguments.data)
    train, reference, heldout = data.split(rows, arguments.seed)
    shifted, distinct = data.young_large(features, train, heldout, SHIFTED_ROWS, arguments.seed)
    print(f"{len(train.labels)} rows to train on; the shifted slice draws from {distinct} held-out applicants")

    bundle.write_rows(SAMPLE / "traffic.jsonl", _lines(heldout))
    bundle.write_rows(SAMPLE / "shifted.jsonl", _lines(shifted))

    width = len(features)
    net = network.train(features, train, arguments.seed)
    trees = forest.train(train, arguments.seed)
    candidates = {
        "v1": (network.export(net, width), lambda values: network.predict(net, values), network.PARAMS,
               "A small neural network that says how likely a loan applicant is to default."),
        "v2": (forest.export(trees, width), trees.predict_proba, forest.PARAMS,
               "A random forest of 100 trees that says how likely a loan applicant is to default."),
    }
    columns = {}
    for version, (model, predict, params, description) in candidates.items():
        path = bundle.write_model(SAMPLE / version, model)
        header = [f.name for f in features]
        bundle.write_reference(SAMPLE / version / "reference.csv", header, data.readable(features, reference))
        measured, trained = _measure(path, predict, features, heldout)
        _check_equal(path, predict, rows, arguments.work)
        columns[f"{version} ONNX Runtime"], columns[f"{version} as trained"] = measured, trained
        bundle.write_metadata(SAMPLE / version, _metadata(description, features, params, measured, arguments))
    card.write_metrics(SAMPLE / "README.md", columns)


def _arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=ARFF, help="credit-g.arff of Debian's weka package")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--work", type=Path, default=Path("/tmp"), help="folder for a temporary file")
    return parser.parse_args()


def _lines(rows):
    return [bundle.row("input", [int(v) for v in values], data.CLASSES[label])
            for values, label in zip(rows.values, rows.labels)]


def _measure(model, predict, features, heldout):
    """Held-out metrics of the exported file under ONNX Runtime, and of the trained object it came from."""
    young = heldout.values[:, [f.name for f in features].index("age")] < 25
    scored = runtime.probabilities(model, SAMPLE / "traffic.jsonl")[:, 1]
    return [{**metrics.binary(heldout.labels, bad),
             "disparate_impact": metrics.disparate_impact(bad < 0.5, unprivileged=young)}
            for bad in (scored, predict(heldout.values)[:, 1])]


def _check_equal(model, predict, rows, work):
    """All 1,000 rows must give the same probabilities in the exported file as in the trained object."""
    path = work / "credit-all.jsonl"
    bundle.write_rows(path, _lines(rows))
    difference = numpy.abs(runtime.probabilities(model, path) - predict(rows.values)).max()
    path.unlink()
    print(f"{model}: largest difference from the trained object {difference:.1e}")
    if difference > 1e-5:
        raise ValueError(f"{model} differs from the trained object by {difference}")


def _metadata(description, features, params, measured, arguments):
    return {
        "description": description,
        "tags": {"domain": "credit risk", "data": "German credit", "licence": "CC-BY-4.0"},
        "params": {name: str(value) for name, value in {**params, "seed": arguments.seed}.items()},
        "metrics": measured,
        "task": "binary_classification",
        "output": "probabilities",
        "classes": data.CLASSES,
        "positiveClass": "bad",
        "threshold": 0.5,
        "target": "label",
        "features": [_feature(f) for f in features],
        "fairness": {"feature": "age", "privileged": {"min": 25}, "unprivileged": {"max": 24.999},
                     "favourableClass": "good"},
        "lineage": {
            "dataset": {"name": "credit-g", "digest": bundle.digest(arguments.data),
                        "source": "Statlog (German Credit Data), UCI Machine Learning Repository, "
                                  "as shipped in Debian's weka package"},
            "code": bundle.code_lineage(SAMPLE),
            "run": f"seed-{arguments.seed}",
        },
    }


def _feature(feature):
    if feature.categories:
        return {"name": feature.name, "kind": "categorical", "categories": feature.categories}
    return {"name": feature.name, "kind": "numerical"}


if __name__ == "__main__":
    main()
