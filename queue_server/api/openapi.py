"""The OpenAPI document, made from the table of operations when somebody first asks for it."""

import re
from functools import cache
from typing import Any

from flask import Flask
from spectree import Response as Replies
from spectree import SecurityScheme, SpecTree
from spectree.models import SecureType, SecuritySchemeData

from queue_server.api.operation import CSV, DESCRIBED, OPERATIONS
from queue_server.api.problems import CONTENT_TYPE

_FILE = """A header line with the names of the fields, then a line for each booking. UTF-8 unless the charset parameter
says GB18030. `slot` is local time such as 2026-12-01T09:30 or ms UTC, `priority` codes with `;` between them,
`reviewed` yes/no, true/false or 1/0."""
_PROBLEM = "#/components/schemas/Problem"


@cache
def openapi(app: Flask) -> dict[str, Any]:
    """The document of an application, made at the first call: its schemas take longer than a server's start."""
    spec = SpecTree(
        "flask",
        title="OneDoor",
        version="1",
        mode="strict",
        naming_strategy=lambda model: model.__name__,
        nested_naming_strategy=lambda _parent, child: child,
        annotations=False,
        security_schemes=[SecurityScheme(name="token", data=SecuritySchemeData(type=SecureType.HTTP, scheme="bearer"))],
    )
    spec.app = app
    served = dict(app.view_functions)
    for endpoint, said in DESCRIBED.items():
        answers = Replies(**said["resp"])
        described = spec.validate(**{**said, "resp": answers}, skip_validation=True)(served[endpoint])
        app.view_functions[endpoint] = described
    try:
        return _with_files(_with_problems(dict(spec.spec)))
    finally:
        # Described views were needed for the document alone.
        app.view_functions.update(served)


def _with_problems(document: dict[str, Any]) -> dict[str, Any]:
    # The library describes every body as plain JSON; ours for errors has a type of its own.
    for item in document["paths"].values():
        for described in item.values():
            for answer in described["responses"].values():
                content = answer.get("content", {})
                if content.get("application/json", {}).get("schema", {}).get("$ref") == _PROBLEM:
                    answer["content"] = {CONTENT_TYPE: content["application/json"]}
    return document


def _with_files(document: dict[str, Any]) -> dict[str, Any]:
    # A file of lines is no JSON with a model, so its form is said in words.
    for operation in OPERATIONS:
        if operation.csv:
            path = re.sub(r"<(\w+)>", r"{\1}", operation.path)
            described = next(item for address, item in document["paths"].items() if address.endswith(path))
            content = described[operation.method.lower()]["requestBody"]["content"]
            content[CSV] = {"schema": {"type": "string", "description": _FILE}}
    return document
