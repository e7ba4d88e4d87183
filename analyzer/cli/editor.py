"""Open words in the person's own editor and read them back."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path


def edited(text: str) -> str | None:
    """What the person made of ``text`` in their editor, or None when they left it as it was.

    The editor is ``$VISUAL``, else ``$EDITOR``, else the system's usual one.

    Raises:
        UsageError: the editor cannot be started, or failed.
    """
    from analyzer.errors import UsageError
    from analyzer.speech.typed import read_typed

    usual = "notepad" if sys.platform == "win32" else "vi"
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR") or usual
    with tempfile.TemporaryDirectory(prefix="callcheck-") as folder:  # the owner's alone
        path = Path(folder) / "transcript.txt"
        path.write_text(text, encoding="utf-8")
        try:
            done = subprocess.run([*shlex.split(command), str(path)], check=False)
        except (OSError, ValueError) as error:
            raise UsageError(
                f"The editor {command!r} cannot be started.",
                next_step="Set EDITOR to yours, or give the corrected words with --correct FILE.",
            ) from error
        if done.returncode:
            raise UsageError(f"The editor {command!r} failed; nothing was changed.")
        result = read_typed(path.read_bytes(), name="the corrected transcript")
    return None if result.split() == text.split() else result


def as_lines(text_of_utterances: list[str]) -> str:
    """Heard words for an editor: one line an utterance."""
    return "\n".join(text_of_utterances) + "\n"
