"""Writes what the platform registers and replays: the model, its metadata, its reference rows, its traffic."""

import csv
import gzip
import hashlib
import io
import json
from pathlib import Path

TOOLKIT = Path(__file__).parent


def digest(*paths):
    """sha256 over the bytes of the files, in the order given."""
    sha = hashlib.sha256()
    for path in paths:
        sha.update(Path(path).read_bytes())
    return "sha256:" + sha.hexdigest()


def code_lineage(sample):
    """A sample is trained before its files are committed, so its scripts are named by content instead of by commit."""
    return {"repository": f"samples/{sample.name}/train.py", "commit": digest(*sorted(sample.glob("*.py")))}


def row(tensor, values, label):
    return {"inputs": {tensor: values}, "label": label}


def write_rows(path, rows):
    text = "".join(json.dumps(r, ensure_ascii=False, separators=(",", ":")) + "\n" for r in rows)
    data = text.encode("utf-8")
    path.write_bytes(_gzip(data) if path.suffix == ".gz" else data)


def write_reference(path, header, rows):
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*header, "label"])
    writer.writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8", newline="")


def write_model(folder, model):
    """Saves an ONNX model without the exporter's notes about source files."""
    folder.mkdir(parents=True, exist_ok=True)
    for node in model.graph.node:
        node.doc_string = ""
    path = folder / "model.onnx"
    path.write_bytes(model.SerializeToString(deterministic=True))
    return path


def write_metadata(folder, metadata):
    text = json.dumps(metadata, ensure_ascii=False, indent=2) + "\n"
    (folder / "metadata.json").write_text(text, encoding="utf-8")


def _gzip(data):
    """Gzip without a time stamp: the same rows give the same file."""
    buffer = io.BytesIO()
    with gzip.GzipFile(fileobj=buffer, mode="wb", compresslevel=9, mtime=0, filename="") as stream:
        stream.write(data)
    return buffer.getvalue()
