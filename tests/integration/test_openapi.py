"""The interface does what its own OpenAPI document says, for good input and for bad, tried by schemathesis."""

import re
from pathlib import Path
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, given, settings
from requests.adapters import HTTPAdapter
from schemathesis import Case, GenerationMode
from schemathesis.checks import CHECKS
from schemathesis.specs.openapi.schemas import OpenApiSchema

import queue_server.app  # fills the table of operations
from queue_server.api.operation import OPERATIONS, Operation
from queue_server.api.problems import STATUS
from tests.running.client import API, HALL
from tests.running.database import sqlite
from tests.running.hall import Hall, running

# Few examples for each operation: chance is not the point here, that every operation and answer is described is.
EXAMPLES = 20
# Whether a well-formed business or outcome is one of this hall's is not in the document, so it may still be refused.
# What strangers are answered has a test of its own below: from one address they soon hear only that they ask too much.
SKIPPED = CHECKS.get_by_names(["positive_data_acceptance", "ignored_auth"])
DOCUMENT = "/api/openapi.json"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """One hall for all examples: nothing that is sent may stop it."""
    folder = tmp_path_factory.mktemp("served")
    with sqlite(folder) as database, running(database, folder) as hall:
        yield hall


@pytest.fixture(scope="module")
def document(served: Hall) -> Any:
    """The OpenAPI document as it is served."""
    return schemathesis.openapi.from_url(f"{served.server.base}{DOCUMENT}")


def tried() -> list[Any]:
    """Each operation with good input, and with bad where it takes any."""
    pairs = [(operation, GenerationMode.POSITIVE) for operation in OPERATIONS]
    takes = [o for o in OPERATIONS if o.method == "POST" or o.path.endswith("/tickets")]
    pairs += [(operation, GenerationMode.NEGATIVE) for operation in takes]
    return [pytest.param(o, mode, id=f"{o.method} {o.path} {mode.value}") for o, mode in pairs]


@pytest.mark.parametrize(("operation", "mode"), tried())
def test_every_operation_keeps_to_its_description(
    operation: Operation, mode: GenerationMode, document: OpenApiSchema, served: Hall
):
    """No answer is a 5xx or undescribed; good input is taken, bad input refused."""
    path = re.sub(r"<(\w+)>", r"{\1}", operation.path)
    prefix = "" if path == "/healthz" else API
    here = {name: value for name, value in {"hall": "main", "window": "1"}.items() if f"{{{name}}}" in path}
    cases = document[f"{prefix}{path}"][operation.method].as_strategy(generation_mode=mode, path_parameters=here)

    @settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(case=cases)
    def keeps(case: Case) -> None:
        case.call_and_validate(headers={"Authorization": f"Bearer {served.tokens['manager']}"}, excluded_checks=SKIPPED)

    keeps()


class _From(HTTPAdapter):
    """Connections that come from another address of this machine."""

    def __init__(self, address: str) -> None:
        self._address = address
        super().__init__()

    def init_poolmanager(self, *sizes: Any, **how: Any) -> None:
        super().init_poolmanager(*sizes, **how, source_address=(self._address, 0))


@pytest.mark.parametrize("authorization", [None, "Bearer nobody-made-this-token", "Basic bWFuYWdlcjptYW5hZ2Vy"])
def test_no_operation_with_roles_lets_a_stranger_in(served: Hall, authorization: str | None):
    guarded = [operation for operation in OPERATIONS if operation.roles]
    assert len(guarded) > 60
    for number, operation in enumerate(guarded):
        path = re.sub(r"<(\w+)>", lambda part: {"hall": "main", "window": "1"}.get(part[1], "1"), operation.path)
        with requests.Session() as stranger:
            # Each from an address of its own, because strangers at one address are counted together.
            stranger.mount("http://", _From(f"127.0.{1 + number // 200}.{1 + number % 200}"))
            said = {} if authorization is None else {"Authorization": authorization}
            address = f"{served.server.base}{API}{path}"
            answer = stranger.request(operation.method, address, headers=said, json={}, timeout=10)
        assert (answer.status_code, answer.json()["code"]) == (401, "token-missing"), address


def test_the_document_describes_every_route_and_the_problem(hall: Hall):
    said = hall.nobody.ask(DOCUMENT).json()
    assert said["openapi"].startswith("3.1")
    assert f"{HALL}/tickets".replace("main", "{hall}") in said["paths"]
    posts = [item["post"] for item in said["paths"].values() if "post" in item]
    assert len(posts) >= 12
    for post in posts:
        assert "Idempotency-Key" in {p["name"] for p in post["parameters"] if p["in"] == "header"}
        assert {"409", "422", "503"} <= set(post["responses"])
    assert "Problem" in said["components"]["schemas"]


def test_every_code_that_is_raised_has_its_status():
    folder = Path(queue_server.app.__file__).parent
    source = "".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.py"))
    assert set(re.findall(r'Refusal\(\s*"([a-z-]+)"', source)) <= set(STATUS)
