"""What the platform is for, against a running one at PLATFORM_URL."""

import math
import time
import unittest

from platform_client import Tensor, errors

from . import samples


class LoopTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.platform = samples.client()
        cls.addClassCleanup(cls.platform.close)
        cls.model = samples.serve(cls.platform)

    def test_versions_are_registered_promoted_and_rolled_back(self):
        model = samples.name()
        for version in (1, 2):
            self.assertEqual(str(version), samples.register(self.platform, model, version).version)
        self.platform.promote(model, "1")
        promotion = self.platform.promote(model, "2", reason="better")
        self.assertEqual(("completed", "1"), (promotion.state, promotion.previous_version))
        self.assertTrue(all(gate["passed"] for gate in promotion.gates))
        self.assertEqual("2", self.platform.predict(model, samples.rows(1)).version)  # as promote waits
        self.assertEqual("1", self.platform.rollback(model, reason="worse").version)
        self.assertEqual("1", self.platform.predict(model, samples.rows(1)).version)
        self.assertEqual(["promoted", "promoted", "rolled_back"],
                         sorted(entry["action"] for entry in self.platform.history(model) if "alias" in entry and entry["alias"]))
        self.assertEqual(("champion",), self.platform.version(model, "1").aliases)
        self.assertEqual(["1", "2"], [version.version for version in self.platform.versions(model)])
        self.assertIn(model, [each["name"] for each in self.platform.models()])

    def test_rows_are_predicted_by_feature_name(self):
        predictions = self.platform.predict(self.model, samples.rows(3), prediction_id=f"{self.model}-rows")
        self.assertEqual([f"{self.model}-rows:{row}" for row in range(3)], [row.prediction_id for row in predictions])
        for row in predictions:
            self.assertIn(row.class_, ("good", "bad"))
            self.assertAlmostEqual(max(row.outputs["probabilities"]), row.score, places=6)

    def test_one_mapping_is_one_row_and_nan_is_missing(self):
        row = samples.rows(1)[0]
        missing = self.platform.predict(self.model, {**row, "age": None})
        self.assertEqual(missing[0].outputs, self.platform.predict(self.model, {**row, "age": math.nan})[0].outputs)

    def test_tensors_are_answered_alike_as_bytes_and_as_json(self):
        tensor = Tensor("input", "FP32", (2, 20), [float(value % 3) for value in range(40)])
        raw = self.platform.infer(self.model, tensor)
        text = self.platform.infer(self.model, [tensor], binary=False)
        self.assertEqual(("FP32", (2, 2)), (raw["probabilities"].datatype, raw["probabilities"].shape))
        for one, other in zip(raw["probabilities"].data, text["probabilities"].data):
            self.assertAlmostEqual(one, other, places=6)
        self.assertEqual("1", raw.version)
        self.assertNotEqual(raw.prediction_id, text.prediction_id)

    def test_lists_become_the_datatype_of_the_model(self):
        self.assertEqual((1, 2), self.platform.infer(self.model, [[1] * 20])["probabilities"].shape)

    def test_a_job_is_awaited(self):
        rows = samples.rows(2)
        job = self.platform.submit(self.model, rows)
        result = job.wait(timeout=120)
        self.assertEqual("succeeded", job.state)
        self.assertEqual([row.class_ for row in self.platform.predict(self.model, rows)], [row.class_ for row in result])
        tensors = self.platform.submit(self.model, Tensor("input", "FP32", (1, 20), [1.0] * 20)).wait(timeout=120)
        self.assertEqual((1, 2), tensors["probabilities"].shape)
        with self.assertRaises(errors.Conflict):
            job.cancel()

    def test_a_submission_with_the_same_key_is_the_same_job(self):
        key, rows = f"{self.model}-key", samples.rows(1)
        first = self.platform.submit(self.model, rows, idempotency_key=key)
        self.assertEqual(first.id, self.platform.submit(self.model, rows, idempotency_key=key).id)
        self.assertEqual(first.id, self.platform.job(first.id).id)

    def test_labels_are_taken_for_one_and_for_many(self):
        rows = self.platform.predict(self.model, samples.rows(3))
        one = self.platform.label(self.model, rows[0], "good")
        many = self.platform.label(self.model, {row.prediction_id: "bad" for row in rows[1:]})
        self.assertEqual((1, 2), (one.accepted + one.unknown, many.accepted + many.unknown))

    def test_an_explanation_adds_up_and_shows_itself(self):
        prediction = self.platform.predict(self.model, samples.rows(1))[0]
        explanation = self.platform.explain(self.model, prediction)
        row = explanation.rows[0]
        for output, name in enumerate(explanation.output_names):
            total = row["base"][output] + sum(explanation.attributions(0, name).values())
            self.assertAlmostEqual(prediction.outputs["probabilities"][output], total, places=3)
        self.assertTrue(explanation.sentences)
        self.assertIn("<svg", explanation._repr_svg_())
        self.assertIn(explanation.sentences[0].split()[0], explanation._repr_html_())
        self.assertIn("<html", explanation.html(picture="bars", output="bad"))

    def test_inputs_are_explained_without_a_prediction(self):
        explanation = self.platform.explain(self.model, inputs=[[1.0] * 20], method="kernel", seed=3)
        self.assertEqual(("kernel", 20), (explanation.method, len(explanation.attributions(output="bad"))))
        with self.assertRaises(ValueError):
            self.platform.explain(self.model)

    def test_windows_and_alerts_are_read(self):
        model = samples.serve(self.platform)
        self.platform.predict(model, samples.rows(150))
        deadline = time.monotonic() + 300
        while not (windows := self.platform.monitoring(model)):
            self.assertLess(time.monotonic(), deadline, "no window has closed")
            time.sleep(0.2)
        self.assertGreaterEqual(windows[0]["count"], 100)
        self.assertIsInstance(self.platform.alerts("active"), list)

    def test_events_are_followed(self):
        events = self.platform.events(model=(model := samples.name()), types={"ModelPromoted", "ModelVersionCreated"}, after=0)
        self.platform.promote(model, samples.register(self.platform, model).version)
        self.assertEqual(["registry.model-version-created.v1", "registry.model-promoted.v1"], [next(events).type for _ in range(2)])
        events.close()
        past = list(self.platform.events(after=0, model=model, follow_on=False))
        self.assertEqual(past[-1].sequence, max(event.sequence for event in past))
        self.assertGreaterEqual(self.platform.newest_event(), past[-1].sequence)

    def test_refusals_have_their_codes(self):
        for call, kind, code in [
            (lambda: self.platform.version("nobody", "1"), errors.NotFound, "registry.model_not_found"),
            (lambda: self.platform.predict(self.model, {"age": 1}), errors.InvalidRequest, "inference.rows_invalid"),
            (lambda: self.platform.register(samples.name(), b"no model"), errors.InvalidRequest, "registry.model_invalid"),
            (lambda: self.platform.rollback(self.model), errors.Conflict, "registry.no_previous_version"),
            (lambda: self.platform.infer("nobody", Tensor("x", "FP32", (1,), [1.0])), errors.NotFound, None),
        ]:
            with self.subTest(code), self.assertRaises(kind) as raised:
                call()
            self.assertEqual(code, raised.exception.code)
        self.assertIn("rows[0].duration", self.refusal_of_a_row().errors)

    def refusal_of_a_row(self):
        try:
            self.platform.predict(self.model, {"age": 1})
        except errors.InvalidRequest as error:
            return error
        self.fail("it was taken")

    def test_any_route_can_be_called(self):
        gates = {"metrics": {"accuracy": {"atLeast": 0.99}}}
        model = samples.name()
        version = samples.register(self.platform, model).version
        self.assertEqual(gates["metrics"]["accuracy"]["atLeast"],
                         self.platform.put(f"/v1/models/{model}/gates", gates)["metrics"]["accuracy"]["atLeast"])
        with self.assertRaises(errors.InvalidRequest) as raised:
            self.platform.promote(model, version)
        self.assertEqual("registry.gates_failed", raised.exception.code)
        self.assertIn("accuracy", str(raised.exception.body["gates"]))

