"""ONNX files out of what a model was trained with."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import Any


def onnx_of(model: Any, sample: Any = None) -> bytes:
    """The ONNX file of a path, of bytes, of an ``onnx.ModelProto``, of a scikit-learn estimator or of a ``torch.nn.Module``.

    ``sample`` is a batch that the model takes, for the shapes and datatypes of its inputs; the last two kinds need one.
    Raises ImportError, with what to install, where the converter is missing.
    """
    if isinstance(model, (str, os.PathLike)):
        return Path(model).read_bytes()
    if isinstance(model, (bytes, bytearray)):
        return bytes(model)
    if hasattr(model, "SerializeToString"):
        return model.SerializeToString()
    if hasattr(model, "get_params") and hasattr(model, "fit"):
        return _of_sklearn(model, sample)
    if hasattr(model, "state_dict") and callable(model):
        return _of_torch(model, sample)
    raise TypeError(f"A model is a path, bytes, an ONNX model, a scikit-learn estimator or a PyTorch module, not {type(model).__name__}.")


def _of_sklearn(model: Any, sample: Any) -> bytes:
    try:
        from skl2onnx import to_onnx
    except ImportError as error:
        raise ImportError(
            "To register a scikit-learn estimator install skl2onnx (pip install skl2onnx), or convert it yourself and give the ONNX file.") from error
    if sample is None:
        raise ValueError("A scikit-learn estimator needs sample=, some rows that it takes: they say what its input is.")
    # Without the option, a classifier's probabilities are a sequence of maps, which no tensor can hold.
    options = {id(model): {"zipmap": False}} if hasattr(model, "predict_proba") else None
    return to_onnx(model, sample, options=options).SerializeToString()


def _of_torch(model: Any, sample: Any) -> bytes:
    try:
        import torch
    except ImportError as error:
        raise ImportError("To register a PyTorch module install torch and onnx (pip install torch onnx), or give the ONNX file.") from error
    if sample is None:
        raise ValueError("A PyTorch module needs sample=, a batch that it takes: it is traced with it.")
    file = io.BytesIO()
    model.eval()
    torch.onnx.export(model, sample, file, input_names=["input"], output_names=["output"],
                      dynamic_axes={"input": {0: "batch"}, "output": {0: "batch"}})
    return file.getvalue()
