"""Requests over connections that are kept, with time limits, and repeated where a repetition does no harm."""

from __future__ import annotations

import http.client
import json
import queue
import random
import ssl
import time
from dataclasses import dataclass
from typing import Any, Iterable, Mapping
from urllib.parse import urlencode, urlsplit

from .errors import NotReached, PlatformError, TimedOut, from_answer

_REPEATED = frozenset({429, 502, 503, 504})
_REPEATABLE = frozenset({"GET", "HEAD", "PUT", "DELETE"})
_LONGEST_PAUSE = 5.0
_FIRST_PAUSE = 0.2
_KEPT_CONNECTIONS = 16


@dataclass(frozen=True)
class Answer:
    """An answer that was read to its end."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        """The body, read as JSON; None where there is none."""
        return json.loads(self.body) if self.body else None


class Transport:
    """Requests to one platform. May be used by several threads."""

    def __init__(self, url: str, key: str | None, timeout: float, attempts: int, context: ssl.SSLContext | None) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(f"The platform's address is http://HOST:PORT or https://HOST:PORT, not '{url}'.")
        if attempts < 1:
            raise ValueError("attempts is 1 at least.")
        self._host, self._port, self._secure = parts.hostname, parts.port, parts.scheme == "https"
        self._prefix = parts.path.rstrip("/")
        self._key, self._timeout, self._attempts, self._context = key, timeout, attempts, context
        self._idle: queue.LifoQueue[http.client.HTTPConnection] = queue.LifoQueue(_KEPT_CONNECTIONS)

    def close(self) -> None:
        """Closes the connections that are kept."""
        while (connection := self._take_idle()) is not None:
            connection.close()

    def request(self, method: str, path: str, *, query: Mapping[str, Any] | None = None, headers: Mapping[str, str] | None = None,
                body: Any = None, content: bytes | Iterable[bytes] | None = None, repeatable: bool | None = None,
                accepted: Iterable[int] = ()) -> Answer:
        """Sends a request and answers what came, if it is a 2xx or one of ``accepted``; raises what errors.py has for anything else.

        It is sent again, after a pause with jitter, where that does no harm: ``repeatable`` says so, or the method does.
        """
        repeatable = method in _REPEATABLE if repeatable is None else repeatable
        sent = self._headers(headers)
        if body is not None:
            content = json.dumps(body).encode()
            sent["Content-Type"] = "application/json"
        for attempt in range(1, self._attempts + 1):
            last = attempt == self._attempts or not repeatable
            try:
                answer = self._send(method, self._target(path, query), sent, content, fresh=not repeatable)
            except PlatformError:
                if last:
                    raise
                time.sleep(_pause(attempt, None))
                continue
            if 200 <= answer.status < 300 or answer.status in accepted:
                return answer
            if last or answer.status not in _REPEATED:
                raise from_answer(answer.status, answer.body)
            time.sleep(_pause(attempt, answer.headers.get("retry-after")))
        raise AssertionError("the last attempt answers or raises")

    def open(self, path: str, query: Mapping[str, Any] | None, headers: Mapping[str, str], timeout: float) -> "Stream":
        """Opens an answer that has no end. ``timeout`` is the longest silence."""
        connection = self._connect(timeout)
        try:
            connection.request("GET", self._target(path, query), headers=self._headers(headers))
            response = connection.getresponse()
            if response.status != 200:
                raise from_answer(response.status, response.read())
        except (OSError, http.client.HTTPException) as error:
            connection.close()
            raise self._unreached(error) from error
        except PlatformError:
            connection.close()
            raise
        return Stream(connection, response)

    def _send(self, method: str, target: str, headers: Mapping[str, str], content: Any, fresh: bool) -> Answer:
        # What must not be sent twice goes over a new connection: one that was kept may have been closed meanwhile.
        connection = (None if fresh else self._take_idle()) or self._connect(self._timeout)
        try:
            connection.request(method, target, body=content, headers=dict(headers), encode_chunked=False)
            response = connection.getresponse()
            answer = Answer(response.status, {name.lower(): value for name, value in response.getheaders()}, response.read())
        except (OSError, http.client.HTTPException) as error:
            connection.close()
            raise self._unreached(error) from error
        except BaseException:
            connection.close()
            raise
        self._give_back(connection, response)
        return answer

    def _unreached(self, error: Exception) -> PlatformError:
        address = f"{self._host}:{self._port or ''}".rstrip(":")
        if isinstance(error, TimeoutError):
            return TimedOut(f"{address} did not answer in time.")
        return NotReached(f"{address} was not reached: {error or type(error).__name__}")

    def _headers(self, more: Mapping[str, str] | None) -> dict[str, str]:
        headers = {"Accept": "application/json", "User-Agent": "platform-client-python", **(more or {})}
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        return headers

    def _target(self, path: str, query: Mapping[str, Any] | None) -> str:
        given = {name: value for name, value in (query or {}).items() if value is not None}
        return self._prefix + path + ("?" + urlencode(given, doseq=True) if given else "")

    def _connect(self, timeout: float) -> http.client.HTTPConnection:
        if self._secure:
            return http.client.HTTPSConnection(self._host, self._port, timeout=timeout, context=self._context)
        return http.client.HTTPConnection(self._host, self._port, timeout=timeout)

    def _take_idle(self) -> http.client.HTTPConnection | None:
        try:
            return self._idle.get_nowait()
        except queue.Empty:
            return None

    def _give_back(self, connection: http.client.HTTPConnection, response: http.client.HTTPResponse) -> None:
        try:
            if not response.will_close:
                self._idle.put_nowait(connection)
                return
        except queue.Full:
            pass  # as many as are worth keeping are kept
        connection.close()


class Stream:
    """The lines of an answer that has no end."""

    def __init__(self, connection: http.client.HTTPConnection, response: http.client.HTTPResponse) -> None:
        self._connection, self._response = connection, response

    def line(self) -> bytes | None:
        """The next line; None when the connection is gone or has been silent for too long."""
        try:
            return self._response.readline() or None
        except (OSError, http.client.HTTPException):
            return None

    def close(self) -> None:
        """Closes the connection."""
        self._response.close()
        self._connection.close()


def _pause(attempt: int, retry_after: str | None) -> float:
    """Between nothing and a bound that doubles, so that many clients do not come back at once; never before the platform asks for it."""
    jitter = random.uniform(0, min(_LONGEST_PAUSE, _FIRST_PAUSE * 2 ** attempt))
    return jitter + (float(retry_after) if retry_after and retry_after.isdigit() else 0.0)
