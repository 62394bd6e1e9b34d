"""The platform as Python sees it."""

from __future__ import annotations

import ssl

from ._explaining import ExplanationCalls
from ._happening import EventCalls
from ._models import ModelCalls
from ._monitoring import MonitoringCalls
from ._predictions import PredictionCalls
from ._records import RecordCalls
from ._transport import Transport


class Client(ModelCalls, PredictionCalls, RecordCalls, ExplanationCalls, MonitoringCalls, EventCalls):
    """Calls one platform. It may be used by several threads, and closes its connections with ``close()`` or at the end of a ``with``.

    ``timeout`` bounds, in seconds, each wait for the platform's answer. What can be repeated without harm is sent up to ``attempts`` times:
    reading, and what carries an id. Everything raises what :mod:`platform_client.errors` has.
    """

    def __init__(self, url: str, key: str | None = None, *, timeout: float = 60.0, attempts: int = 4,
                 ssl_context: ssl.SSLContext | None = None) -> None:
        self._transport = Transport(url, key, timeout, attempts, ssl_context)
        self._url = url

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Client({self._url!r})"  # without the key

    def close(self) -> None:
        """Closes the connections that are kept."""
        self._transport.close()
