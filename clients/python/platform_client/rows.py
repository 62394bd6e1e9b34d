"""Rows by feature name, out of what people have them in."""

from __future__ import annotations

from typing import Any, Iterable, Mapping, Sequence

#: One row: a value for every feature, None for what is missing.
Row = Mapping[str, Any]


def rows_of(data: Any) -> list[dict[str, Any]]:
    """Rows of a pandas DataFrame (its columns are the features), of one mapping or of several."""
    if is_frame(data):
        return [dict(zip(map(str, data.columns), map(_value, values))) for values in data.itertuples(index=False, name=None)]
    if isinstance(data, Mapping):
        return [_row(data)]
    if isinstance(data, Iterable) and not isinstance(data, (str, bytes)):
        return [_row(row) for row in data]
    raise TypeError(f"Rows are a DataFrame or mappings by feature name, not {type(data).__name__}.")


def is_frame(data: Any) -> bool:
    """Whether it is a pandas DataFrame; asks for no pandas."""
    return hasattr(data, "itertuples") and hasattr(data, "columns")


def is_array(data: Any) -> bool:
    """Whether it is a NumPy array; asks for no NumPy."""
    return hasattr(data, "dtype") and hasattr(data, "ravel") and not is_frame(data)


def records_to_frame(records: Sequence[Mapping[str, Any]], index: Any = None) -> Any:
    """A DataFrame of records, nested ones with their members' names joined by dots."""
    try:
        import pandas
    except ImportError as error:
        raise ImportError("A DataFrame needs pandas (pip install pandas).") from error
    frame = pandas.json_normalize([dict(record) for record in records])
    return frame if index is None else frame.set_index(index)


def _row(row: Any) -> dict[str, Any]:
    if not isinstance(row, Mapping):
        raise TypeError(f"A row is a mapping by feature name, not {type(row).__name__}.")
    return {str(name): _value(value) for name, value in row.items()}


def _value(value: Any) -> Any:
    """A JSON value: NumPy's and pandas' scalars become Python's, and what is missing (None, NaN, NA, NaT) None."""
    if isinstance(value, (str, bool, int)) or value is None:
        return value
    if hasattr(value, "isoformat"):
        return None if value != value else value.isoformat()
    if type(value).__name__ == "NAType":
        return None
    if hasattr(value, "item"):
        value = value.item()
    return None if value != value else value
