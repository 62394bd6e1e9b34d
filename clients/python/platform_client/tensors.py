"""Tensors of the Open Inference Protocol v2, as JSON and as the bytes of its binary extension."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from math import nan, prod
from typing import Any, Iterable, Sequence

#: Datatype of the protocol: (NumPy's type, struct's letter). BF16 and BYTES have neither.
_FORMATS = {
    "BOOL": ("bool", "?"), "UINT8": ("uint8", "B"), "UINT16": ("uint16", "H"), "UINT32": ("uint32", "I"), "UINT64": ("uint64", "Q"),
    "INT8": ("int8", "b"), "INT16": ("int16", "h"), "INT32": ("int32", "i"), "INT64": ("int64", "q"),
    "FP16": ("float16", "e"), "FP32": ("float32", "f"), "FP64": ("float64", "d"),
}
_FLOATING = frozenset({"FP16", "BF16", "FP32", "FP64"})


@dataclass(frozen=True)
class Tensor:
    """A tensor: its elements lie flat, in row-major order. Elements of BYTES are text, or bytes where they are not UTF-8."""

    name: str
    datatype: str
    shape: tuple[int, ...]
    data: Sequence[Any]

    def __post_init__(self) -> None:
        if self.datatype not in _FORMATS and self.datatype not in ("BF16", "BYTES"):
            raise ValueError(f"'{self.datatype}' is no datatype of the Open Inference Protocol.")
        if prod(self.shape) != len(self.data):
            raise ValueError(f"Tensor '{self.name}' of shape {list(self.shape)} has {prod(self.shape)} elements, not {len(self.data)}.")

    @classmethod
    def of(cls, name: str, values: Any, datatype: str | None = None) -> "Tensor":
        """A tensor of a NumPy array, or of numbers, texts or nested lists of them.

        ``datatype`` is what the elements become; when absent it is the array's own, of Python's numbers FP64, INT64 or BOOL, of texts BYTES.
        """
        if hasattr(values, "dtype") and hasattr(values, "ravel"):
            return cls(name, datatype or _datatype_of_array(values), tuple(int(size) for size in values.shape), _elements(values, datatype))
        flat: list[Any] = []
        shape = _flatten(values, flat)
        return cls(name, datatype or _datatype_of(flat), shape, flat)

    def numpy(self) -> Any:
        """The tensor as a NumPy array of its shape; BF16 becomes float32, BYTES an array of objects."""
        numpy = _numpy()
        kind = _FORMATS[self.datatype][0] if self.datatype in _FORMATS else "float32" if self.datatype == "BF16" else object
        return numpy.array(list(self.data), dtype=kind).reshape(self.shape)

    def tolist(self) -> Any:
        """The tensor as nested lists of its shape."""
        values: list[Any] = list(self.data)
        for size in reversed(self.shape[1:]):
            values = [values[i:i + size] for i in range(0, len(values), size)] if size else []
        return values if self.shape else values[0]

    def rows(self) -> list[list[Any]]:
        """The elements of each row, flat; rows count along the first dimension."""
        count = self.shape[0] if self.shape else 1
        width = len(self.data) // count if count else 0
        return [list(self.data[row * width:(row + 1) * width]) for row in range(count)]

    def to_json(self) -> dict[str, Any]:
        """The tensor in a JSON request; NaN becomes null, and the infinities what the protocol here takes for them."""
        return {"name": self.name, "datatype": self.datatype, "shape": list(self.shape), "data": [self._json_element(value) for value in self.data]}

    def to_bytes(self) -> bytes:
        """The elements as the protocol's binary extension has them: little-endian, texts with their length in four bytes before each."""
        if self.datatype == "BYTES":
            texts = [value if isinstance(value, bytes) else str(value).encode() for value in self.data]
            return b"".join(struct.pack("<I", len(text)) + text for text in texts)
        if self.datatype == "BF16":
            return b"".join(_rounded_to_bf16(float(value)) for value in self.data)
        return struct.pack(f"<{len(self.data)}{_FORMATS[self.datatype][1]}", *self.data)

    @classmethod
    def from_json(cls, tensor: dict[str, Any]) -> "Tensor":
        """A tensor of a JSON answer; null in a floating-point tensor is NaN."""
        data = tensor["data"]
        if tensor["datatype"] in _FLOATING:
            data = [nan if value is None else value for value in data]
        return cls(tensor["name"], tensor["datatype"], tuple(tensor["shape"]), data)

    @classmethod
    def from_bytes(cls, name: str, datatype: str, shape: Sequence[int], raw: bytes) -> "Tensor":
        """A tensor of the binary extension."""
        count = prod(shape)
        if datatype == "BYTES":
            return cls(name, datatype, tuple(shape), list(_texts(raw)))
        if datatype == "BF16":
            halves = struct.unpack(f"<{count}H", raw)
            return cls(name, datatype, tuple(shape), struct.unpack(f"<{count}f", struct.pack(f"<{count}I", *(half << 16 for half in halves))))
        return cls(name, datatype, tuple(shape), struct.unpack(f"<{count}{_FORMATS[datatype][1]}", raw))

    def _json_element(self, value: Any) -> Any:
        if self.datatype == "BYTES":
            return value.decode() if isinstance(value, bytes) else str(value)
        if self.datatype in _FLOATING:
            if value is None or value != value:
                return None
            return float(value)
        return bool(value) if self.datatype == "BOOL" else int(value)


def _flatten(values: Any, into: list[Any]) -> tuple[int, ...]:
    if not isinstance(values, (list, tuple)):
        into.append(values)
        return ()
    shapes = {_flatten(value, into) for value in values}
    if len(shapes) > 1:
        raise ValueError("The lists of a tensor must be equally long.")
    return (len(values), *(shapes.pop() if shapes else ()))


def _datatype_of(flat: Iterable[Any]) -> str:
    kinds = {type(value) for value in flat}
    if kinds <= {bool} and kinds:
        return "BOOL"
    if kinds <= {int} and kinds:
        return "INT64"
    return "BYTES" if kinds & {str, bytes} else "FP64"


def _datatype_of_array(values: Any) -> str:
    for datatype, (name, _) in _FORMATS.items():
        if values.dtype.name == name:
            return datatype
    if values.dtype.kind in "OSU":
        return "BYTES"
    raise ValueError(f"Arrays of {values.dtype} have no datatype in the Open Inference Protocol.")


def _elements(values: Any, datatype: str | None) -> list[Any]:
    if datatype in _FORMATS and _FORMATS[datatype][0] != values.dtype.name:
        values = values.astype(_FORMATS[datatype][0])
    return values.ravel().tolist()


def _texts(raw: bytes) -> Iterable[str | bytes]:
    at = 0
    while at < len(raw):
        (length,) = struct.unpack_from("<I", raw, at)
        text = raw[at + 4:at + 4 + length]
        at += 4 + length
        try:
            yield text.decode()
        except UnicodeDecodeError:
            yield text


def _rounded_to_bf16(value: float) -> bytes:
    """The upper half of a float32, rounded to the nearest, ties to even; NaN stays NaN."""
    (bits,) = struct.unpack("<I", struct.pack("<f", value))
    if value != value:
        return b"\xc0\x7f"
    return struct.pack("<H", ((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16) & 0xFFFF)


def _numpy() -> Any:
    try:
        import numpy
    except ImportError as error:
        raise ImportError("Arrays need NumPy (pip install numpy); tolist() and data do without.") from error
    return numpy
