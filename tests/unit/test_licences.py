"""The terms of what others wrote travel with the built pages, and anybody may read them."""

import json
import re
from pathlib import Path

import pytest
from flask import Flask

from queue_server.webfiles import WEB, web_files

ROOT = Path(__file__).resolve().parents[2]
DEPENDENCIES = sorted(json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["dependencies"])
# A package's heading stands between two lines, its terms after it.
HEADING = re.compile(r"^={80}\n(\S+) (\S+)\n={80}\n", re.MULTILINE)


def _built() -> dict[str, tuple[str, str]]:
    """Package → its version and its terms, as the build wrote them."""
    parts = HEADING.split((WEB / "licences.txt").read_text(encoding="utf-8"))[1:]
    return {name: (version, terms) for name, version, terms in zip(parts[::3], parts[1::3], parts[2::3], strict=True)}


@pytest.mark.parametrize("name", DEPENDENCIES)
def test_every_dependency_of_the_pages_is_named_with_its_locked_version_and_its_terms(name: str) -> None:
    locked = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"][f"node_modules/{name}"]
    version, terms = _built()[name]
    assert version == locked["version"]
    said = {"MIT": "Permission is hereby granted", "OFL-1.1": "SIL OPEN FONT LICENSE", "Apache-2.0": "Apache License"}
    assert said[locked["license"]] in terms


def test_what_the_dependencies_bring_along_is_named_too() -> None:
    built = _built()
    assert {"zrender", "engine.io-client", "@vue/runtime-dom", "lodash-es"} <= set(built)
    assert "Mike Bostock" in built["echarts"][1]
    assert "DOMPurify" in built["swagger-ui-dist"][1]
    assert all(len(terms.split()) > 50 for _, terms in built.values())


def test_anybody_may_read_them() -> None:
    app = Flask(__name__)
    app.register_blueprint(web_files())
    # Closed at the end, because the file is sent as it is read.
    with app.test_client() as client, client.get("/licences") as reply:
        assert reply.status_code == 200
        assert reply.content_type == "text/plain; charset=utf-8"
        assert reply.get_data() == (WEB / "licences.txt").read_bytes()
