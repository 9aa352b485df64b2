"""The OpenAPI document against the application: cases drawn by schemathesis, right and wrong ones, all its checks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable

from monitor.surfaces.api import create_app
from tests.api.conftest import filled


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    import schemathesis  # half a second, in each process that collects tests

    with filled(tmp_path_factory.mktemp("schema"), rate_per_minute=10_000_000, allowed_hosts=("testserver",)) as app:
        api = create_app(app)
        api.state.stopping.set()  # the stream ends after its first look
        yield schemathesis.openapi.from_asgi("/openapi.json", api)


def case_by_case(described: Any, count: int) -> tuple[int, list[str]]:
    """``count`` right and ``count`` wrong cases of every route, each with all checks; how many were asked, and what was found."""
    from schemathesis import GenerationMode
    from schemathesis.core.failures import FailureGroup

    asked, found = 0, []
    for operation in (result.ok() for result in described.get_all_operations()):
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):

            @settings(max_examples=count, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
            @given(case=operation.as_strategy(generation_mode=mode))
            def one(case: Any) -> None:
                nonlocal asked
                asked += 1
                if case.meta.generation.mode is GenerationMode.POSITIVE:  # only pages give these out: test_alerts has them
                    case.query.pop("cursor", None)
                    case.headers.pop("Last-Event-ID", None)
                    if "since" in case.query:  # that one time comes after another, a schema cannot say
                        case.query.pop("until", None)
                    for key in ("words", "match"):  # of filters, a schema says no names
                        if isinstance(case.body, dict) and key in case.body:
                            case.body[key] = case.body[key].replace(":", " ")
                case.call_and_validate()

            try:
                one()
            except Unsatisfiable:  # a route without anything that could be wrong
                continue
            except (Exception, FailureGroup) as failure:
                found.append(f"{operation.label} ({mode}): {failure}")
    return asked, found


@pytest.mark.slow
def test_what_is_documented_is_what_is_done(described: Any) -> None:
    asked, found = case_by_case(described, 3)
    assert not found, "\n".join(found)
    assert asked > 100


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_two_thousand_cases_find_nothing(described: Any) -> None:
    asked, found = case_by_case(described, 60)
    assert not found, "\n".join(found)
    assert asked >= 2000
