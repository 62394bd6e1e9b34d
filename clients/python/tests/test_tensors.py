"""Elements on the wire; needs no platform."""

import math
import struct
import unittest

from platform_client import Tensor


class TensorTests(unittest.TestCase):
    def test_elements_come_back_from_their_bytes(self):
        for datatype, values in {
            "BOOL": [True, False], "UINT8": [0, 255], "UINT16": [0, 65535], "UINT32": [0, 2 ** 32 - 1], "UINT64": [0, 2 ** 64 - 1],
            "INT8": [-128, 127], "INT16": [-32768, 32767], "INT32": [-2 ** 31, 2 ** 31 - 1], "INT64": [-2 ** 63, 2 ** 63 - 1],
            "FP16": [0.5, -2.0], "BF16": [1.5, -0.25], "FP32": [0.1, -math.inf], "FP64": [0.1, 1e300], "BYTES": ["", "语"],
        }.items():
            with self.subTest(datatype):
                sent = Tensor("x", datatype, (2,), values)
                read = Tensor.from_bytes("x", datatype, (2,), sent.to_bytes())
                expected = [struct.unpack("f", struct.pack("f", value))[0] for value in values] if datatype == "FP32" else values
                self.assertEqual(expected, list(read.data))

    def test_the_bytes_are_those_of_the_protocol(self):
        self.assertEqual(b"\x01\x00\x00\x00", Tensor("x", "INT32", (1,), [1]).to_bytes())
        self.assertEqual(b"\x02\x00\x00\x00ab\x00\x00\x00\x00", Tensor("x", "BYTES", (2,), ["ab", ""]).to_bytes())
        self.assertEqual(b"\xff\x00\x00\x00\x00".hex(), (b"\xff" + Tensor("x", "FP32", (1,), [0]).to_bytes()).hex())

    def test_bf16_is_rounded_to_the_nearest_and_to_even_between_two(self):
        step = 2.0 ** -7
        for value, expected in [(1 + step * 0.4, 1), (1 + step * 0.6, 1 + step), (1 + step * 0.5, 1), (1 + step * 1.5, 1 + step * 2)]:
            self.assertEqual([expected], list(Tensor.from_bytes("x", "BF16", (1,), Tensor("x", "BF16", (1,), [value]).to_bytes()).data))
        self.assertTrue(math.isnan(Tensor.from_bytes("x", "BF16", (1,), Tensor("x", "BF16", (1,), [math.nan]).to_bytes()).data[0]))

    def test_bytes_that_are_no_text_stay_bytes(self):
        self.assertEqual([b"\xff"], list(Tensor.from_bytes("x", "BYTES", (1,), b"\x01\x00\x00\x00\xff").data))

    def test_nested_lists_have_the_shape_that_they_show(self):
        tensor = Tensor.of("x", [[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
        self.assertEqual(("FP64", (3, 2)), (tensor.datatype, tensor.shape))
        self.assertEqual([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], tensor.tolist())
        self.assertEqual([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], tensor.rows())
        self.assertEqual("INT64", Tensor.of("x", [1, 2]).datatype)
        self.assertEqual("BYTES", Tensor.of("x", ["a"]).datatype)
        with self.assertRaises(ValueError):
            Tensor.of("x", [[1], [1, 2]])

    def test_a_shape_that_does_not_fit_is_refused(self):
        with self.assertRaisesRegex(ValueError, "has 4 elements, not 3"):
            Tensor("x", "FP32", (2, 2), [1, 2, 3])
        with self.assertRaisesRegex(ValueError, "no datatype"):
            Tensor("x", "FP99", (1,), [1])

    def test_null_in_an_answer_is_nan(self):
        tensor = Tensor.from_json({"name": "x", "datatype": "FP32", "shape": [2], "data": [None, 1.5]})
        self.assertTrue(math.isnan(tensor.data[0]))
        self.assertIsNone(Tensor("x", "FP32", (1,), [math.nan]).to_json()["data"][0])
