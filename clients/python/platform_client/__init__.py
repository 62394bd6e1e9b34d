"""A client of the model platform that needs nothing but Python.

>>> from platform_client import Client
>>> client = Client("http://127.0.0.1:8080")
"""

from . import errors
from .client import Client
from .errors import PlatformError
from .explanations import Explanation
from .jobs import Job
from .results import Event, Inference, LabelReceipt, ModelVersion, Prediction, Predictions, Promotion, Records
from .tensors import Tensor

__all__ = ["Client", "Event", "Explanation", "Inference", "Job", "LabelReceipt", "ModelVersion", "PlatformError", "Prediction", "Predictions",
           "Promotion", "Records", "Tensor", "errors"]
