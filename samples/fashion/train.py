"""Trains the image classifier and writes everything the platform registers and replays.

From samples/:  /usr/bin/python3 -m fashion.train
"""

import argparse
from pathlib import Path

import numpy
import torch

from fashion import images as data, network
from toolkit import bundle, card, metrics, runtime

SAMPLE = Path(__file__).parent
FOLDER = Path("/usr/share/datasets/fashion-mnist")
REFERENCE, TRAFFIC, SHIFTED = 300, 300, 200


def main():
    arguments = _arguments()
    torch.set_num_threads(1)
    random = numpy.random.default_rng(arguments.seed)
    images, labels = data.load(arguments.data, "train")
    order = random.permutation(len(labels))
    reference, train = order[:REFERENCE], order[REFERENCE:]
    test_images, test_labels = _shuffled(*data.load(arguments.data, "test"), random)

    model = network.train(images[train], labels[train], arguments.seed)
    path = bundle.write_model(SAMPLE / "v1", network.export(model))
    bundle.write_reference(SAMPLE / "v1/reference.csv", [f"p{i}" for i in range(784)],
                           [[*images[i].ravel(), data.CLASSES[labels[i]]] for i in reference])
    bundle.write_rows(SAMPLE / "heldout.jsonl.gz", _lines(test_images, test_labels))
    bundle.write_rows(SAMPLE / "traffic.jsonl.gz", _lines(test_images[:TRAFFIC], test_labels[:TRAFFIC]))
    spare = slice(TRAFFIC, TRAFFIC + SHIFTED)
    bundle.write_rows(SAMPLE / "shifted.jsonl.gz",
                      _lines(data.mishandled(test_images[spare]), test_labels[spare]))
    _measure(path, network.predict(model, test_images), test_labels, test_labels[spare], arguments)


def _arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=FOLDER, help="folder of Debian's dataset-fashion-mnist")
    parser.add_argument("--seed", type=int, default=7)
    return parser.parse_args()


def _shuffled(images, labels, random):
    order = random.permutation(len(labels))
    return images[order], labels[order]


def _lines(images, labels):
    return [bundle.row("input", image.ravel().tolist(), data.CLASSES[label]) for image, label in zip(images, labels)]


def _measure(path, trained, labels, shifted_labels, arguments):
    scored = runtime.probabilities(path, SAMPLE / "heldout.jsonl.gz")
    difference = numpy.abs(scored - trained).max()
    print(f"largest difference from torch {difference:.1e}")
    if difference > 1e-5:
        raise ValueError("the exported graph does not do what the network does")
    measured = metrics.multiclass(labels, scored)
    committed = metrics.multiclass(labels[:TRAFFIC], scored[:TRAFFIC])
    shifted = runtime.probabilities(path, SAMPLE / "shifted.jsonl.gz")
    card.write_metrics(SAMPLE / "README.md", {
        "ONNX Runtime": measured, "torch": metrics.multiclass(labels, trained), "committed traffic": committed,
        "shifted slice": metrics.multiclass(shifted_labels, shifted)})
    bundle.write_metadata(SAMPLE / "v1", _metadata({**measured, **metrics.traffic(committed)}, arguments))


def _metadata(measured, arguments):
    return {
        "description": "Names the piece of clothing on a grey 28 × 28 image.",
        "tags": {"domain": "images", "data": "Fashion-MNIST", "licence": "MIT"},
        "params": {name: str(value) for name, value in {**network.PARAMS, "seed": arguments.seed}.items()},
        "metrics": measured,
        "task": "multiclass_classification",
        "output": "probabilities",
        "classes": data.CLASSES,
        "target": "label",
        "lineage": {
            "dataset": {"name": "fashion-mnist", "digest": bundle.digest(*data.paths(arguments.data)),
                        "source": "Zalando Research, as shipped in Debian's dataset-fashion-mnist package"},
            "code": bundle.code_lineage(SAMPLE),
            "run": f"seed-{arguments.seed}",
        },
    }


if __name__ == "__main__":
    main()
