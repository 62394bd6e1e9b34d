"""Domain events as they happen, by server-sent events."""

from __future__ import annotations

import json
import random
import time
from typing import Collection, Iterator

from ._transport import Stream, Transport
from .errors import NotReached, TimedOut, Unavailable
from .results import Event

#: The platform sends a comment every 15 s while nothing happens.
_LONGEST_SILENCE = 60.0
_LONGEST_PAUSE = 10.0


def follow(transport: Transport, after: int, types: Collection[str] | None, model: str | None) -> Iterator[Event]:
    """Every event behind a sequence number, for ever. A connection that breaks is made again, after a
    pause, and goes on behind the last event seen."""
    failures = 0
    while True:
        if (stream := _open(transport, after)) is not None:
            try:
                for event in _read(stream):
                    failures = 0
                    after = event.sequence
                    if wanted(event, types, model):
                        yield event
            finally:
                stream.close()
        failures += 1
        time.sleep(random.uniform(0, min(_LONGEST_PAUSE, 0.2 * 2 ** min(failures, 10))))


def _open(transport: Transport, after: int) -> Stream | None:
    try:
        return transport.open("/v1/events", None, {"Accept": "text/event-stream", "Last-Event-ID": str(after)}, _LONGEST_SILENCE)
    except (NotReached, TimedOut, Unavailable):
        return None


def wanted(event: Event, types: Collection[str] | None, model: str | None) -> bool:
    """Whether an event is of one of the types, by wire name (``registry.model-promoted.v1``) or message (``ModelPromoted``), and of the model."""
    return (types is None or event.type in types or _message(event.type) in types) and (model is None or event.model == model)


def _message(wire: str) -> str:
    return "".join(word.capitalize() for word in wire.split(".")[1].split("-")) if wire.count(".") >= 1 else wire


def _read(stream: Stream) -> Iterator[Event]:
    data: list[str] = []
    while (line := stream.line()) is not None:
        text = line.decode().rstrip("\r\n")
        if text.startswith("data:"):
            data.append(text[5:].removeprefix(" "))
        elif not text and data:
            yield Event.of(json.loads("\n".join(data)))
            data = []
