"""The history as a table: one row an attempt, one column a check (CSV, Parquet, JSON)."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from analyzer.errors import ExtraMissingError, HistoryError
from analyzer.practice.history.attempts import Attempt, attempts
from analyzer.practice.history.progress import all_verdicts

if TYPE_CHECKING:
    import pandas as pd


def frame() -> pd.DataFrame:
    """Every attempt as a row; ``check_…`` columns hold verdicts.

    Raises:
        HistoryError: the history cannot be read.
    """
    import pandas as pd

    kept = attempts()
    verdicts = all_verdicts()
    checks = list(dict.fromkeys(check for _, check in verdicts))
    rows = [
        {
            **attempt.to_dict(),
            **{f"check_{check}": verdicts.get((attempt.id, check)) for check in checks},
        }
        for attempt in kept
    ]
    columns = [*Attempt.__dataclass_fields__, *(f"check_{check}" for check in checks)]
    table = pd.DataFrame(rows, columns=columns)
    # whole numbers stay whole though some attempts have no score
    whole: pd.DataFrame = table.astype({"id": "Int64", "score": "Int64"})
    return whole


def as_csv() -> str:
    """The table as CSV; a name that a spreadsheet would run as a formula is disarmed."""
    table = frame()
    for column in ("source_name", "profile_name", "model"):
        table[column] = table[column].map(_disarmed, na_action="ignore")
    return str(table.to_csv(index=False))


def as_json() -> str:
    """The table as a JSON list of rows."""
    return str(frame().to_json(orient="records", indent=2))


def as_parquet() -> bytes:
    """The table as a Parquet file's bytes.

    Raises:
        ExtraMissingError: pyarrow is not installed.
    """
    out = io.BytesIO()
    try:
        frame().to_parquet(out, index=False, engine="pyarrow")
    except ImportError as error:
        raise ExtraMissingError(
            "Parquet needs pyarrow, which is not installed.",
            next_step="In the checkout: pip install '.[parquet]'; or export CSV.",
        ) from error
    except ValueError as error:
        raise HistoryError(f"The history could not be written as Parquet ({error}).") from error
    return out.getvalue()


def _disarmed(text: str) -> str:
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
