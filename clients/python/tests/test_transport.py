"""What is sent again and what is not, against a server that answers as it is told; needs no platform."""

import json
import threading
import unittest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from unittest import mock

from platform_client import Client, errors

ROWS = {"model": "m", "version": "1", "rows": [{"predictionId": "p:0", "outputs": {}}]}


class Told(ThreadingHTTPServer):
    """Answers with what was scripted, in its order; the last one for ever."""

    daemon_threads = True

    def __init__(self, *script):
        super().__init__(("127.0.0.1", 0), Handler)
        self.script, self.seen, self.clients, self.lock = list(script), [], [], threading.Lock()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def client(self, **settings) -> Client:
        client = Client(f"http://127.0.0.1:{self.server_port}", "secret-key", **settings)
        self.clients.append(client)
        return client

    def close(self):
        for client in self.clients:
            client.close()
        self.shutdown()
        self.server_close()

    def next(self, request):
        with self.lock:
            self.seen.append(request)
            return self.script.pop(0) if len(self.script) > 1 else self.script[0]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self):
        length = int(self.headers.get("Content-Length", 0))
        self.rfile.read(length)
        told = self.server.next((self.command, self.path, dict(self.headers)))
        if told == "hang up":
            self.close_connection = True
            return
        status, headers, body = told
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if headers.get("Content-Type") == "text/event-stream":
            self.close_connection = True
        else:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_PUT = do_DELETE = answer

    def log_message(self, *_):
        pass


def busy(after="0"):
    return (503, {"Retry-After": after}, {"detail": "busy", "code": "inference.busy"})


def stream(*numbers):
    lines = [f"id: {number}\nevent: registry.model-promoted.v1\ndata: " + json.dumps(
        {"sequence": number, "type": "registry.model-promoted.v1", "model": "m", "at": "2026-01-15T09:30:00.1234567+00:00", "data": {}})
        for number in numbers]
    return (200, {"Content-Type": "text/event-stream"}, (": open\n\n" + "\n\n".join(lines) + "\n\n").encode())


class TransportTests(unittest.TestCase):
    def serve(self, *script) -> Told:
        server = Told(*script)
        self.addCleanup(server.close)
        return server

    def test_a_prediction_is_sent_again_with_the_same_id(self):
        server = self.serve(busy(), "hang up", (200, {}, ROWS))
        self.assertEqual("1", server.client().predict("m", [{"a": 1}]).version)
        ids = [headers["x-prediction-id"] for _, _, headers in server.seen]
        self.assertEqual((3, 1), (len(ids), len(set(ids))))

    def test_a_job_is_submitted_again_with_the_same_key(self):
        server = self.serve("hang up", (202, {}, {"id": "j", "state": "queued"}))
        self.assertEqual("j", server.client().submit("m", [{"a": 1}]).id)
        keys = [headers["Idempotency-Key"] for _, _, headers in server.seen]
        self.assertEqual((2, 1), (len(keys), len(set(keys))))

    def test_a_promotion_is_sent_once(self):
        server = self.serve("hang up")
        with self.assertRaises(errors.NotReached):
            server.client().promote("m", "1")
        self.assertEqual(1, len(server.seen))

    def test_attempts_have_a_bound(self):
        server = self.serve(busy())
        with self.assertRaises(errors.Unavailable) as raised:
            server.client(attempts=2).get("/v1/models")
        self.assertEqual((503, "inference.busy", 2), (raised.exception.status, raised.exception.code, len(server.seen)))

    def test_what_the_platform_refuses_is_not_sent_again(self):
        server = self.serve((422, {}, {"detail": "wrong", "code": "inference.rows_invalid", "errors": {"rows[0].a": ["is missing."]}, "traceId": "t"}))
        with self.assertRaises(errors.InvalidRequest) as raised:
            server.client().predict("m", [{}])
        self.assertEqual(1, len(server.seen))
        self.assertEqual({"rows[0].a": ["is missing."]}, raised.exception.errors)
        self.assertEqual("t", raised.exception.trace_id)
        self.assertIn("rows[0].a: is missing.", str(raised.exception))

    def test_silence_ends_in_a_timeout(self):
        server = self.serve((200, {"Transfer-Encoding": "chunked"}, b""))  # the chunks never come
        with self.assertRaises(errors.TimedOut):
            server.client(timeout=0.2, attempts=1).get("/v1/models")

    def test_an_answer_that_is_no_json_is_shown(self):
        server = self.serve((400, {}, b"not for machines"))
        with self.assertRaises(errors.InvalidRequest) as raised:
            server.client().get("/v1/models")
        self.assertEqual(("not for machines", None), (raised.exception.detail, raised.exception.code))

    def test_the_key_is_sent_and_shown_nowhere(self):
        server = self.serve((200, {}, {"items": [], "next": None}))
        client = server.client()
        client.models()
        self.assertEqual("Bearer secret-key", server.seen[0][2]["Authorization"])
        self.assertNotIn("secret-key", repr(client))

    def test_events_go_on_behind_the_last_one_seen(self):
        server = self.serve(stream(3, 4), "hang up", busy(), stream(5), stream(6))
        events = server.client().events(after=2, types={"ModelPromoted"})
        self.assertEqual([3, 4, 5, 6], [next(events).sequence for _ in range(4)])
        events.close()
        self.assertEqual(["2", "4", "4", "4", "5"], [headers["Last-Event-ID"] for _, _, headers in server.seen[:5]])

    def test_a_stream_that_ends_without_an_event_is_opened_again_after_a_pause(self):
        server = self.serve(stream(), stream(), stream(), stream(3))
        with mock.patch("platform_client.events.time.sleep") as pause:
            events = server.client().events(after=2)
            self.assertEqual(3, next(events).sequence)
        events.close()
        self.assertEqual(3, pause.call_count)

    def test_events_from_now_on_are_those_behind_the_newest(self):
        server = self.serve((200, {}, {"sequence": 7, "items": [], "next": None}), stream(8))
        events = server.client().events()
        self.assertEqual(8, next(events).sequence)
        events.close()
        self.assertEqual("/v1/deployments?limit=1", server.seen[0][1])
        self.assertEqual(("/v1/events", "7"), (server.seen[1][1], server.seen[1][2]["Last-Event-ID"]))

    def test_windows_of_several_pages_are_in_their_order(self):
        server = self.serve((200, {}, {"windows": [{"sequence": 3}, {"sequence": 4}], "next": "3"}), (200, {}, {"windows": [{"sequence": 1}, {"sequence": 2}], "next": None}))
        self.assertEqual([1, 2, 3, 4], [window["sequence"] for window in server.client().monitoring("m")])

    def test_a_search_goes_on_behind_pages_that_hold_nothing(self):
        found = {"id": "p", "model": "m", "version": "1", "route": "champion", "status": "succeeded", "time": "2026-01-15T09:30:00Z", "latencyMs": 1, "rows": []}
        server = self.serve((200, {}, {"items": [], "next": "86"}), (200, {}, {"items": [found], "next": "12"}), (200, {}, {"items": [], "next": None}))
        self.assertEqual(["p"], [each.id for each in server.client().search("m", "age > 40")])
        start = "/v1/predictions?model=m&where=age+%3E+40&limit=500"
        self.assertEqual([start, f"{start}&after=86", f"{start}&after=12"], [path for _, path, _ in server.seen])

    def test_what_is_being_computed_is_asked_for_again_up_to_a_deadline(self):
        pending = (202, {"Retry-After": "0"}, {"model": "m", "state": "running"})
        answer = {"model": "m", "version": "1", "method": "shap", "measure": "mean_absolute_shapley", "sentences": [],
                  "importances": [{"feature": "age", "label": None, "importance": 0.1, "standardError": None}]}
        server = self.serve(pending, pending, (200, {}, answer), (200, {}, b"<svg/>"))
        importance = server.client().importance("m", "champion", method="shap")
        self.assertEqual(({"age": 0.1}, 3), (importance.values(), len(server.seen)))
        self.assertEqual("<svg/>", importance.svg(class_="bad"))
        self.assertEqual("/v1/models/m/importance?version=1&method=shap&class=bad", server.seen[3][1])  # of the version that was measured
        with self.assertRaises(errors.TimedOut):
            self.serve((202, {"Retry-After": "60"}, {})).client().dependence("m", ["age", "sex"], wait=0.1)

    def test_an_address_without_a_scheme_is_refused(self):
        with self.assertRaisesRegex(ValueError, "http://HOST:PORT"):
            Client("localhost:8080")
