"""A client of the model platform that needs nothing but Python.

>>> from platform_client import Client
>>> client = Client("http://127.0.0.1:8080")
"""

from . import errors
from .client import Client
from .errors import PlatformError
from .explanations import Explanation
from .jobs import Job
from .records import FeedbackReceipt, RecordedPrediction, RecordedRow, Review
from .results import Event, Inference, LabelReceipt, ModelVersion, OutcomeReceipt, Prediction, Predictions, Promotion, Records
from .tensors import Tensor
from .whole import Dependence, Importance

__all__ = ["Client", "Dependence", "Event", "Explanation", "FeedbackReceipt", "Importance", "Inference", "Job", "LabelReceipt", "ModelVersion",
           "OutcomeReceipt", "PlatformError", "Prediction", "Predictions", "Promotion", "RecordedPrediction", "RecordedRow", "Records", "Review",
           "Tensor", "errors"]
