"""The history of attempts, in SQLite under the platform's data folder. Never the audio."""

from analyzer.practice.history.attempts import (
    Attempt,
    attempts,
    delete,
    delete_all,
    load,
    save,
)

__all__ = ["Attempt", "attempts", "delete", "delete_all", "load", "save"]
