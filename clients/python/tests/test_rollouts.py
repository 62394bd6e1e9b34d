"""Promotions that take their time, pipelines and alert rules against a running platform at PLATFORM_URL."""

import time
import unittest
from datetime import datetime, timedelta, timezone

from platform_client import Tensor, errors

from . import samples

CANARY = {"kind": "canary", "steps": [{"weight": 0.2, "minimumSamples": 50}, {"weight": 0.5}],
          "guards": [{"measure": "errors.rate", "margin": 0.05}], "confidence": 0.9}


class RolloutTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.platform = samples.client()
        cls.addClassCleanup(cls.platform.close)

    def test_a_canary_is_tried_begun_paused_resumed_and_cancelled(self):
        model = samples.serve(self.platform)
        samples.register(self.platform, model, 2)
        trial = self.platform.promote(model, "2", strategy=CANARY, dry_run=True)
        self.assertEqual(("measured", [1, 2]), (trial.state, [each["step"] for each in trial.raw["expected"]]))
        self.assertEqual("1", self.platform.version(model, "champion").version)
        begun = self.platform.promote(model, "2", strategy=CANARY)
        self.assertEqual("running", begun.state)
        with self.assertRaises(errors.TimedOut):
            self.platform.wait_for_promotion(begun.id, timeout=0)
        self.assertEqual("paused", self.platform.pause_promotion(begun.id).state)
        self.assertEqual("paused", self.platform.wait_for_promotion(begun.id).state)  # it waits for people
        self.assertEqual("running", self.platform.resume_promotion(begun.id).state)
        self.assertEqual("cancelled", self.platform.cancel_promotion(begun.id).state)
        self.assertEqual("cancelled", self.platform.promotion(begun.id).state)

    def test_a_pipeline_is_registered_and_answers(self):
        part, model = samples.serve(self.platform), samples.name()
        step = {"model": part, "version": "champion", "inputs": {"input": "input.input"}}
        pipeline = {"inputs": [{"name": "input", "datatype": "FP32", "shape": [-1, 20]}], "steps": [{"name": "one", **step}, {"name": "other", **step}],
                    "combine": {"kind": "mean", "of": ["one.probabilities", "other.probabilities"]}, "outputs": {"probabilities": "combine.output"}}
        metadata = {"task": "binary_classification", "output": "probabilities", "classes": ["good", "bad"], "positiveClass": "bad"}
        version = self.platform.register_pipeline(model, pipeline, metadata=metadata)
        self.platform.promote(model, version.version)
        ones = Tensor("input", "FP32", (1, 20), [1.0] * 20)
        for whole, alone in zip(self.platform.infer(model, ones)["probabilities"].data, self.platform.infer(part, ones)["probabilities"].data):
            self.assertAlmostEqual(alone, whole, places=5)
        with self.assertRaises(errors.InvalidRequest) as raised:
            self.platform.register_pipeline(model, {**pipeline, "outputs": {"probabilities": "nobody.output"}})
        self.assertTrue(raised.exception.errors)

    def test_alert_rules_are_set_listed_and_removed(self):
        id = samples.name()
        rule = self.platform.set_alert_rule(id, "performance.accuracy", operator="below", threshold=0.01)
        self.assertEqual(("below", "warning"), (rule["operator"], rule["severity"]))
        self.assertIn(id, [each["id"] for each in self.platform.alert_rules()])
        self.platform.remove_alert_rule(id)
        self.assertNotIn(id, [each["id"] for each in self.platform.alert_rules()])
        with self.assertRaises(errors.NotFound):
            self.platform.alert("nobody")

    def test_an_alert_is_acknowledged_silenced_and_resolved(self):
        model = samples.serve(self.platform)
        self.platform.set_alert_rule(model, "drift.driftedShare", model=model, threshold=-1, breached=1, of=1)
        self.addCleanup(self.platform.remove_alert_rule, model)
        self.platform.predict(model, samples.rows(150))
        deadline = time.monotonic() + 300
        while not (raised := [alert for alert in self.platform.alerts("active") if alert["ruleId"] == model]):
            self.assertLess(time.monotonic(), deadline, "no alert was raised")
            time.sleep(0.2)
        id = raised[0]["id"]
        self.assertEqual("acknowledged", self.platform.acknowledge_alert(id, "seen")["state"])
        self.assertEqual("silenced", self.platform.silence_alert(id, datetime.now(timezone.utc) + timedelta(hours=1))["state"])
        self.assertEqual("resolved", self.platform.resolve_alert(id)["state"])
        self.assertEqual(["acknowledged", "silenced", "resolved"], [step["state"] for step in self.platform.alert(id)["history"]][-3:])


if __name__ == "__main__":
    unittest.main()
