"""What happens."""

from __future__ import annotations

from typing import Collection, Iterator

from ._calls import Calls
from .events import follow, wanted
from .results import Event


class EventCalls(Calls):
    """What happens."""

    def events(self, after: int | None = None, *, types: Collection[str] | None = None, model: str | None = None,
               follow_on: bool = True) -> Iterator[Event]:
        """Domain events behind a sequence number, in their order; those from now on when ``after`` is absent.

        Goes on for ever with what happens, over connections that are made again where they break, unless ``follow_on`` is false: then it
        ends with the newest. ``types`` are wire names (``registry.model-promoted.v1``) or messages (``ModelPromoted``).
        """
        if follow_on:
            return follow(self._transport, self.newest_event() if after is None else after, types, model)
        read = (Event.of(raw) for raw in self.pages("/v1/events", {"after": after}))
        return (event for event in read if wanted(event, types, model))

    def newest_event(self) -> int:
        """The sequence number of the newest event; 0 before the first."""
        return self.get("/v1/deployments", limit=1)["sequence"]
