"""Trains the classifier of Chinese poems and writes everything the platform registers and replays.

From samples/:  /usr/bin/python3 -m poems.train
"""

import argparse
from pathlib import Path

import numpy
import torch
from sklearn.metrics import confusion_matrix
from sklearn.model_selection import GroupShuffleSplit

from poems import characters, verses
from toolkit import bundle, card, metrics, runtime, text_graph, text_network

SAMPLE = Path(__file__).parent
COLLECTION = SAMPLE.parent / "node_modules/chinese-poetry/dist"
UNIHAN = Path("/usr/share/unicode/Unihan_Variants.txt.bz2")
PER_CLASS, KNOWN_CHARACTERS = 16000, 4500
SHAPE = {"classes": 4, "longest": 200, "embedding": 32, "filters": 64, "hidden": 48, "dropout": 0.1}
FIT = text_network.Fit(epochs=8, lr=0.004)


def main():
    arguments = _arguments()
    torch.set_num_threads(1)
    poems = verses.load(arguments.data, PER_CLASS, arguments.seed)
    train, reference, heldout = split(poems, arguments.seed)
    if arguments.validate:
        train, _, heldout = split(train, arguments.seed)
    print(f"{len(train)} poems to train on, {len(heldout)} held out")

    known = characters.vocabulary([p.text for p in train], KNOWN_CHARACTERS, arguments.unihan)
    shape = text_network.Shape(tokens=max(known.values()) + 1, **SHAPE)
    encode = lambda some: [characters.encode(p.text, known) for p in some]
    model = text_network.train(shape, encode(train), _labels(train), FIT, arguments.seed)
    trained = text_network.predict(model, encode(heldout))
    if arguments.validate:
        print(metrics.multiclass(_labels(heldout), trained))
        return

    graph = text_graph.export("poems", characters.splitting, known, model, [characters.TOKENIZER])
    path = bundle.write_model(SAMPLE / "v1", graph)
    bundle.write_reference(SAMPLE / "v1/reference.csv", ["text"], [(p.text, p.label) for p in reference])
    bundle.write_rows(SAMPLE / "heldout.jsonl.gz", _lines(heldout))
    bundle.write_rows(SAMPLE / "traffic.jsonl", _lines(heldout[:arguments.traffic]))
    shifted = verses.long_songs(heldout[arguments.traffic:])[:arguments.traffic]
    bundle.write_rows(SAMPLE / "shifted.jsonl", _lines(shifted))
    _measure(path, heldout, shifted, trained, arguments)


def split(poems, seed):
    """A fifth held out, 200 poems for the reference, the rest to train on; all poems of an author on one side."""
    authors = numpy.array([p.author or f"unknown {i}" for i, p in enumerate(poems)])
    rest, heldout = next(GroupShuffleSplit(1, test_size=0.2, random_state=seed).split(poems, groups=authors))
    train, spare = next(GroupShuffleSplit(1, test_size=0.02, random_state=seed).split(rest, groups=authors[rest]))
    random = numpy.random.default_rng(seed)
    pick = lambda index: [poems[i] for i in index]
    return pick(rest[train]), pick(random.permutation(rest[spare])[:200]), pick(random.permutation(heldout))


def _arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=COLLECTION, help="dist folder of chinese-poetry")
    parser.add_argument("--unihan", type=Path, default=UNIHAN, help="Unihan_Variants.txt.bz2 of unicode-data")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--traffic", type=int, default=250, help="held-out poems to commit")
    parser.add_argument("--validate", action="store_true", help="only measure on a part of the training poems")
    return parser.parse_args()


def _labels(poems):
    return numpy.array([verses.CLASSES.index(p.label) for p in poems])


def _lines(poems):
    return [bundle.row("text", [p.text], p.label) for p in poems]


def _measure(path, heldout, shifted, trained, arguments):
    labels = _labels(heldout)
    scored = runtime.probabilities(path, SAMPLE / "heldout.jsonl.gz")
    difference = numpy.abs(scored - trained).max()
    print(f"largest difference from torch {difference:.1e}")
    if difference > 1e-5:
        raise ValueError("the exported graph does not do what the network does")
    measured = metrics.multiclass(labels, scored)
    committed = metrics.multiclass(labels[:arguments.traffic], scored[:arguments.traffic])
    card.write_confusion(SAMPLE / "README.md", verses.CLASSES, confusion_matrix(labels, scored.argmax(axis=1)))
    songs = runtime.probabilities(path, SAMPLE / "shifted.jsonl").argmax(axis=1)
    card.write_metrics(SAMPLE / "README.md", {
        "ONNX Runtime": measured, "torch": metrics.multiclass(labels, trained), "committed traffic": committed,
        "shifted slice": {"accuracy": float((songs == _labels(shifted)).mean())}})
    bundle.write_metadata(SAMPLE / "v1", _metadata({**measured, **metrics.traffic(committed)}, arguments))


def _metadata(measured, arguments):
    params = {**SHAPE, "characters": KNOWN_CHARACTERS, **vars(FIT), "seed": arguments.seed}
    return {
        "description": "Tells Tang poems, Song poems, Song lyrics and Yuan songs apart by their text.",
        "tags": {"domain": "literature", "language": "zh", "data": "chinese-poetry", "licence": "MIT",
                 "operators": "com.microsoft"},
        "params": {name: str(value) for name, value in params.items()},
        "metrics": measured,
        "task": "multiclass_classification",
        "output": "probabilities",
        "classes": verses.CLASSES,
        "target": "label",
        "features": [{"name": "text", "kind": "text"}],
        "lineage": {
            "dataset": {"name": "chinese-poetry", "digest": bundle.digest(*verses.files(arguments.data)),
                        "source": "chinese-poetry collection, npm package chinese-poetry 2.0.1"},
            "code": bundle.code_lineage(SAMPLE),
            "run": f"seed-{arguments.seed}",
        },
    }


if __name__ == "__main__":
    main()
