"""The OpenAPI document, made from the table of operations when somebody first asks for it."""

from functools import cache
from typing import Any

from flask import Flask
from spectree import Response as Replies
from spectree import SecurityScheme, SpecTree
from spectree.models import SecureType, SecuritySchemeData

from queue_server.api.operation import DESCRIBED
from queue_server.api.problems import CONTENT_TYPE

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
        return _with_problems(dict(spec.spec))
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
