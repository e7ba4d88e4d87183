"""The API against its own description: whatever is sent, answers are as described."""

from __future__ import annotations

from typing import Any

import pytest

pytest.importorskip("fastapi", reason="the web extra is not installed")
pytest.importorskip("schemathesis", reason="schemathesis is not installed")

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from analyzer.web.app import create_app
from analyzer.web.settings import Settings

pytestmark = pytest.mark.slow
TOKEN = "a-token-for-the-tests-only"
HEADERS = {"Authorization": f"Bearer {TOKEN}", "Host": "127.0.0.1"}
OPERATIONS = sorted(
    f"{method.upper()} {path}"
    for path, methods in create_app(Settings()).openapi()["paths"].items()
    for method in methods
)


@pytest.fixture
def schema(engine: Any) -> Any:
    app = create_app(Settings(token=TOKEN), engine=engine)
    return schemathesis.openapi.from_asgi("/api/v1/openapi.json", app, headers=HEADERS)


@pytest.mark.parametrize("label", OPERATIONS)
def test_answers_are_as_described(schema: Any, label: str) -> None:
    found = [result.ok() for result in schema.get_all_operations()]
    operation = next(one for one in found if one.label == label)

    @given(case=operation.as_strategy())
    @settings(
        max_examples=12, deadline=None, derandomize=True, database=None,
        phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    def holds(case: Any) -> None:
        answer = case.call(headers=HEADERS)
        assert answer.status_code < 500 or answer.status_code == 503
        # a text without words fits the schema and is still refused, by name
        case.validate_response(answer, excluded_checks=[positive_data_acceptance])

    holds()
