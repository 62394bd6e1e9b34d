"""What goes wrong, as exceptions."""

from __future__ import annotations

import json
from typing import Any, Mapping


class PlatformError(Exception):
    """A request that failed.

    ``status`` is the HTTP status, None where there was no answer. ``code`` is the platform's code (docs/errors.md), on which programs can
    rely; None where there is none, as on ``/v2``. ``detail`` is the sentence for people, ``errors`` what is wrong by field or by row and
    feature, ``trace_id`` what to give to whoever runs the platform, and ``body`` the answer as it came.
    """

    def __init__(self, detail: str, *, status: int | None = None, code: str | None = None,
                 errors: Mapping[str, list[str]] | None = None, trace_id: str | None = None, body: Any = None) -> None:
        super().__init__(detail)
        self.status, self.code, self.detail = status, code, detail
        self.errors: dict[str, list[str]] = dict(errors or {})
        self.trace_id, self.body = trace_id, body

    def __str__(self) -> str:
        head = f"{self.code}: {self.detail}" if self.code else self.detail
        return "\n".join([head, *(f"  {field}: {'; '.join(problems)}" for field, problems in self.errors.items())])


class NotReached(PlatformError):
    """There was no answer: the platform cannot be reached, or it broke off."""


class TimedOut(PlatformError):
    """There was no answer in time, or what was waited for did not happen."""


class Refused(PlatformError):
    """The platform refused the request (4xx): sent again as it is, it is refused again."""


class AccessDenied(Refused):
    """There is no key, it is not valid, or it lacks a permission (401, 403)."""


class NotFound(Refused):
    """What the path names does not exist (404)."""


class Conflict(Refused):
    """What exists stands against the request (409)."""


class InvalidRequest(Refused):
    """The request does not have the right form or values (400, 422); ``errors`` says where."""


class Unavailable(PlatformError):
    """The platform cannot answer now (429, 502, 503, 504)."""


class JobFailed(PlatformError):
    """A job ended without a result; ``body`` is the job."""


_BY_STATUS: dict[int, type[PlatformError]] = {
    400: InvalidRequest, 401: AccessDenied, 403: AccessDenied, 404: NotFound, 409: Conflict, 422: InvalidRequest,
    429: Unavailable, 502: Unavailable, 503: Unavailable, 504: Unavailable,
}


def from_answer(status: int, body: bytes) -> PlatformError:
    """The exception for an answer: problem details (RFC 9457), or ``{"error": ...}`` of the Open Inference Protocol."""
    try:
        parsed = json.loads(body)
    except ValueError:
        parsed = None
    said = parsed if isinstance(parsed, dict) else {}
    detail = said.get("detail") or said.get("error") or said.get("title") or body.decode("utf-8", "replace")[:500] or f"The answer was {status}."
    kind = _BY_STATUS.get(status, Refused if status < 500 else PlatformError)
    return kind(str(detail), status=status, code=said.get("code"), errors=said.get("errors"), trace_id=said.get("traceId"),
                body=parsed if parsed is not None else body)
