"""Multipart forms (RFC 7578) for uploads."""

from __future__ import annotations

import csv
import io
import json
import os
import uuid
from pathlib import Path
from typing import Any, Mapping

from .rows import is_frame, rows_of

_JSON = "application/json"


def upload_form(model: bytes, metadata: Mapping[str, Any] | str | os.PathLike | None, reference: Any) -> tuple[str, bytes]:
    """The content type and the body of an upload."""
    parts = [("model", "model.onnx", "application/octet-stream", model)]
    if metadata is not None:
        text = json.dumps(metadata).encode() if isinstance(metadata, Mapping) else Path(metadata).read_bytes()
        parts.append(("metadata", "metadata.json", _JSON, text))
    if reference is not None:
        parts.append(_reference(reference))
    boundary = uuid.uuid4().hex
    body = b"".join(
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"; filename="{file}"\r\nContent-Type: {kind}\r\n\r\n'.encode() + content + b"\r\n"
        for name, file, kind, content in parts)
    return f"multipart/form-data; boundary={boundary}", body + f"--{boundary}--\r\n".encode()


def _reference(reference: Any) -> tuple[str, str, str, bytes]:
    if isinstance(reference, (str, os.PathLike)):
        path = Path(reference)
        kind = _JSON if path.suffix == ".json" else "text/csv"
        return ("reference", f"reference{path.suffix}", kind, path.read_bytes())
    rows = rows_of(reference)
    if not is_frame(reference):
        return ("reference", "reference.json", _JSON, json.dumps(rows).encode())
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(rows[0].keys() if rows else reference.columns)
    table.writerows(row.values() for row in rows)
    return ("reference", "reference.csv", "text/csv", text.getvalue().encode())
