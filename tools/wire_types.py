"""Writes the TypeScript types of the messages on the wire from queue_server/protocol (`make types`)."""

import sys
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from queue_server import protocol

TARGET = Path(__file__).resolve().parent.parent / "queue_server" / "web" / "shared" / "protocol.gen.ts"
HEAD = "// The messages on the wire, written by `make types` from queue_server/protocol: change that instead.\n"
_PLAIN = {str: "string", int: "number", float: "number", bool: "boolean", NoneType: "null", Any: "unknown"}


def _aliases() -> dict[str, Any]:
    """The named choices and tables of the protocol, as `Language = Literal[…]`."""
    return {name: value for name, value in vars(protocol).items() if get_origin(value) in (Literal, dict)}


def _type(annotation: Any, *, named: bool = True) -> str:  # noqa: PLR0911 -- one answer for each kind of type
    """One Python type as TypeScript; raises `TypeError` for one that no message should hold."""
    names = [name for name, value in _aliases().items() if value == annotation]
    if named and names:
        return names[0]
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return " | ".join(f'"{choice}"' for choice in inner)
    if origin in (Union, UnionType):
        return " | ".join(_type(part) for part in inner)
    if origin is list:
        element = _type(inner[0])
        return f"({element})[]" if " " in element else f"{element}[]"
    if origin is dict:
        return f"Record<{_type(inner[0])}, {_type(inner[1])}>"
    if hasattr(annotation, "__metadata__"):
        return _type(inner[0])
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation.__name__
    if annotation in _PLAIN:
        return _PLAIN[annotation]
    raise TypeError(f"no TypeScript type for {annotation!r}")


def _interface(model: type[BaseModel]) -> str:
    """A message as an interface; what has a default may be left out."""
    lines = [f"/** {(model.__doc__ or '').strip()} */", f"export interface {model.__name__} {{"]
    for name, field in model.model_fields.items():
        if field.description:
            lines.append(f"  /** {field.description} */")
        lines.append(f"  {name}{'' if field.is_required() else '?'}: {_type(field.annotation)};")
    if model.model_config.get("extra") == "allow":
        lines.append("  [fact: string]: unknown;")
    return "\n".join([*lines, "}"])


def text() -> str:
    """The whole file."""
    aliases = [f"export type {name} = {_type(value, named=False)};" for name, value in _aliases().items()]
    models = [
        _interface(model)
        for model in vars(protocol).values()
        if isinstance(model, type) and issubclass(model, BaseModel) and model.__module__.startswith(protocol.__name__)
        if model.model_fields
    ]
    return "\n".join([HEAD, *aliases, "", "\n\n".join(models), ""])


def main() -> None:
    """Write the file, or with `--check` say whether it is up to date."""
    if "--check" in sys.argv:
        sys.exit(
            0 if TARGET.read_text(encoding="utf-8") == text() else "The wire types are out of date: run `make types`."
        )
    TARGET.write_text(text(), encoding="utf-8")


if __name__ == "__main__":
    main()
