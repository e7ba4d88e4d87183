"""``callcheck doctor`` names what is there and what is not, whatever is wrong."""

from __future__ import annotations

import pytest

from analyzer.cli import doctor


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (LookupError("first line\nsecond line"), "first line"),
        (ValueError(), "ValueError"),
        (AssertionError("\n"), "AssertionError"),
    ],
)
def test_an_error_is_told_in_one_line(
    error: Exception, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def look() -> str:
        raise error

    monkeypatch.setattr(doctor, "LOOKS", (lambda: doctor._guarded("rules", look),))
    with pytest.raises(SystemExit) as stopped:
        doctor.doctor()
    assert stopped.value.code == 4
    assert capsys.readouterr().out.split() == ["missing", "rules", *said.split()]


def test_every_extra_is_looked_for(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(doctor, "LOOKS", doctor.LOOKS[-3:])
    doctor.doctor()
    assert [line.split()[2] for line in capsys.readouterr().out.splitlines()] == [
        "web", "charts", "parquet"
    ]  # fmt: skip
