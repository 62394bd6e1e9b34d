"""NumPy's arrays, pandas' frames and scikit-learn's estimators, against a running platform at PLATFORM_URL."""

import sys
import unittest
from unittest import mock

from platform_client import Tensor

from . import samples

try:
    import numpy
    import pandas
except ImportError:
    numpy = pandas = None


@unittest.skipUnless(pandas, "needs NumPy and pandas")
class FrameTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.platform = samples.client()
        cls.addClassCleanup(cls.platform.close)
        cls.model = samples.serve(cls.platform)

    def test_a_frame_is_predicted_under_its_index(self):
        frame = pandas.DataFrame(samples.rows(4), index=["a", "b", "c", "d"])
        frame.loc["b", "age"] = numpy.nan
        frame["duration"] = frame["duration"].astype("int64")
        answered = self.platform.predict(self.model, frame).to_frame()
        self.assertEqual(["a", "b", "c", "d"], list(answered.index))
        self.assertTrue({"prediction_id", "class", "score", "probabilities"} <= set(answered.columns))
        again = self.platform.submit(self.model, frame).wait(timeout=120).to_frame()
        self.assertEqual(list(answered["class"]), list(again["class"]))

    def test_categories_and_missing_text_are_taken(self):
        frame = pandas.DataFrame(samples.rows(2))
        frame["purpose"] = frame["purpose"].astype("category")
        frame["savings_status"] = frame["savings_status"].astype("string")
        frame.loc[0, "savings_status"] = pandas.NA
        rows = samples.rows(2)
        rows[0]["savings_status"] = None
        self.assertEqual([row.outputs for row in self.platform.predict(self.model, rows)],
                         [row.outputs for row in self.platform.predict(self.model, frame)])

    def test_an_array_is_predicted_as_the_only_input(self):
        array = numpy.arange(60, dtype="float64").reshape(3, 20) % 4
        answered = self.platform.predict(self.model, array)
        self.assertEqual(((3, 2), "float32"), (answered["probabilities"].numpy().shape, answered["probabilities"].numpy().dtype.name))
        named = self.platform.infer(self.model, {"input": array}, binary=False)
        numpy.testing.assert_allclose(named["probabilities"].numpy(), answered["probabilities"].numpy(), rtol=1e-5)

    def test_arrays_keep_their_type_where_nobody_asks_for_another(self):
        self.assertEqual("INT16", Tensor.of("x", numpy.zeros((2, 2), "int16")).datatype)
        self.assertEqual("BYTES", Tensor.of("x", numpy.array(["a", "b"])).datatype)
        with self.assertRaises(ValueError):
            Tensor.of("x", numpy.zeros(1, "complex64"))

    def test_a_frame_is_the_reference_of_a_version(self):
        reference = pandas.read_csv(samples.FOLDER / "v1" / "reference.csv")
        version = self.platform.register(samples.name(), (samples.FOLDER / "v1" / "model.onnx").read_bytes(),
                                         metadata=samples.FOLDER / "v1" / "metadata.json", reference=reference)
        self.assertEqual(len(reference), version.raw["reference"]["rows"])

    def test_records_become_a_frame(self):
        frame = self.platform.models().to_frame()
        self.assertIn(self.model, set(frame["name"]))

    def test_without_the_converter_it_is_said_what_to_install(self):
        class Estimator:
            def fit(self): ...
            def get_params(self): ...
        with mock.patch.dict(sys.modules, {"skl2onnx": None}), self.assertRaisesRegex(ImportError, "pip install skl2onnx"):
            self.platform.register(samples.name(), Estimator(), sample=numpy.zeros((1, 2)))
