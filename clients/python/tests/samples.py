"""The credit sample, and the platform that the tests run against."""

import csv
import os
import uuid
from datetime import datetime, timezone
from pathlib import Path

from platform_client import Client

FOLDER = Path(os.environ.get("PLATFORM_SAMPLES", Path(__file__).parents[3] / "samples")) / "credit"


def client(**settings) -> Client:
    """A client of the platform at PLATFORM_URL."""
    return Client(os.environ["PLATFORM_URL"], os.environ.get("PLATFORM_KEY"), **settings)


def name() -> str:
    """A model's name that nobody has."""
    return f"py-{uuid.uuid4().hex[:12]}"


def register(platform: Client, model: str, version: int = 1):
    """Registers a version of the sample."""
    folder = FOLDER / f"v{version}"
    return platform.register(model, folder / "model.onnx", metadata=folder / "metadata.json", reference=folder / "reference.csv")


def serve(platform: Client) -> str:
    """Registers and promotes the sample's first version under a new name."""
    model = name()
    platform.promote(model, register(platform, model).version)
    return model


def rows(count: int) -> list[dict]:
    """Applicants by feature name, without their labels."""
    with open(FOLDER / "v1" / "reference.csv", newline="") as file:
        read = [dict(row) for row, _ in zip(csv.DictReader(file), range(count))]
    for row in read:
        del row["label"]
        row.update({name: float(value) for name, value in row.items() if value.replace(".", "").isdigit()})
    return read


def long_ago() -> datetime:
    """A time before any prediction."""
    return datetime(2020, 1, 1, tzinfo=timezone.utc)
