"""Predictions after they were answered, and what versions go by, against a running platform at PLATFORM_URL."""

import time
import unittest

from platform_client import errors

from . import samples


class RecordTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.platform = samples.client()
        cls.addClassCleanup(cls.platform.close)
        cls.model = samples.serve(cls.platform)

    def eventually(self, find, what):
        deadline = time.monotonic() + 300
        while (found := find()) is None:
            self.assertLess(time.monotonic(), deadline, what)
            time.sleep(0.1)
        return found

    def known(self, id):
        def find():
            try:
                return self.platform.prediction(id)
            except errors.NotFound:
                return None
        return self.eventually(find, f"{id} is not known")

    def test_a_prediction_is_found_with_what_people_say_of_it(self):
        id = f"{self.model}/record"
        asked = samples.rows(2)
        rows = self.platform.predict(self.model, asked, prediction_id=id)
        record = self.known(id)
        self.assertEqual((self.model, "1", "champion", "succeeded"), (record.model, record.version, record.route, record.status))
        self.assertEqual([row.prediction_id for row in rows], [row.prediction_id for row in record.rows])
        self.assertEqual(asked[0]["age"], record.rows[0].features["age"])
        receipt = self.platform.feedback(rows[1], "disagree", label="bad", attributions={"age": "too much"}, comment="a known customer")
        self.assertEqual(f"{id}:1", receipt.prediction_id)
        row = self.platform.prediction(record.rows[1].prediction_id).rows[0]
        self.assertEqual(("bad", "disagree", receipt.id), (row.label, row.feedback[0]["verdict"], row.feedback[0]["id"]))
        with self.assertRaises(errors.InvalidRequest):
            self.platform.feedback(rows[0], "perhaps")

    def test_predictions_are_searched_for(self):
        model = samples.serve(self.platform)
        rows = samples.rows(3)
        ids = [self.platform.predict(model, row).prediction_id for row in rows]
        self.known(ids[-1])
        self.assertEqual(ids[::-1], [found.id for found in self.platform.search(model)])
        youngest = min(row["age"] for row in rows)
        found = list(self.platform.search(model, f"age > {youngest}", version="champion"))
        self.assertEqual({id for id, row in zip(ids, rows) if row["age"] > youngest}, {each.id for each in found})
        self.assertTrue(all(row.features["age"] > youngest for each in found for row in each.rows))
        self.assertEqual([], list(self.platform.search(model, end=samples.long_ago())))
        with self.assertRaises(errors.InvalidRequest) as raised:
            next(self.platform.search(model, "height > 2"))
        self.assertEqual("monitor.filter_invalid", raised.exception.code)

    def test_what_waits_for_a_label_is_answered(self):
        model = samples.serve(self.platform)
        self.assertIsNone(self.platform.next_review(model))
        self.platform.predict(model, samples.rows(30))
        first = self.eventually(lambda: self.platform.next_review(model), "nothing waits for a label")
        self.assertEqual((model, ["good", "bad"]), (first.model, first.labels))
        self.assertEqual(first.id, self.platform.answer(first, "bad", comment="two unpaid bills").prediction_id)
        self.assertNotIn(first.id, [review.id for review in self.platform.reviews(model)])
        with self.assertRaises(errors.NotFound):
            self.platform.answer(first.id, "bad", model=model)
        self.assertEqual("bad", self.platform.prediction(first.id).rows[0].label)

    def test_outcomes_are_told_for_one_and_for_many(self):
        rows = self.platform.predict(self.model, samples.rows(3))
        self.known(rows.prediction_id)
        one = self.platform.outcome(self.model, rows[0], "conversion", 1)
        many = self.platform.outcome(self.model, {**{row.prediction_id: 12.5 for row in rows[1:]}, f"{self.model}-nobody": 0}, "revenue")
        self.assertEqual(((1, 0), (2, 1)), ((one.accepted, one.unknown), (many.accepted, many.unknown)))
        self.assertIsNotNone(self.platform.outcome(self.model, rows.prediction_id, "conversion", 1).hint)
        with self.assertRaises(ValueError):
            self.platform.outcome(self.model, rows[0], "conversion")

    def test_importances_are_measured_and_show_themselves(self):
        importance = self.platform.importance(self.model, rows=20, repeats=2)
        self.assertEqual((self.model, "1", "permutation", "accuracy"), (importance.model, importance.version, importance.method, importance.measure))
        values = list(importance.values().values())
        self.assertEqual((20, sorted(values, reverse=True)), (len(values), values))
        self.assertIn("<svg", importance._repr_svg_())
        self.assertIn(importance.sentences[0].split()[0], importance._repr_html_())
        self.assertIn("<html", importance.html())
        self.assertEqual("mean_absolute_shapley", self.platform.importance(self.model, "champion", method="shap", rows=5).measure)

    def test_curves_are_measured_and_show_themselves(self):
        dependence = self.platform.dependence(self.model, ["duration", "purpose"], rows=20, points=5)
        self.assertEqual(("pdp", ["duration", "purpose"]), (dependence.kind, [curve["feature"] for curve in dependence.curves]))
        self.assertEqual(len(dependence.curves[0]["points"]), len(dependence.curves[0]["values"]))
        self.assertIn("<svg", dependence._repr_svg_())
        self.assertIn("<html", dependence.html(class_=dependence.output_names[0]))
        prediction = self.platform.predict(self.model, samples.rows(1))[0]
        what_if = self.platform.dependence(self.model, "duration", prediction=prediction)
        self.assertEqual(("ice", 1), (what_if.kind, len(what_if.curves[0]["lines"])))
        self.assertIn("<svg", what_if.svg())
        with self.assertRaises(errors.InvalidRequest):
            self.platform.dependence(self.model, "height")


if __name__ == "__main__":
    unittest.main()
