"""YAML as plain data that still knows where everything stands; every text means what it looks like."""

import re
from collections.abc import Iterator
from typing import Any

import yaml

from queue_server.hall_file.findings import HERE, Finding, Way

_MOST = 200_000
_WHOLE = re.compile(r"-?(0|[1-9][0-9]*)")
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}
_MERGE = "<<"


class Document:
    """What a text says (`said`), where each part of it stands, and what is wrong with it as YAML."""

    def __init__(self, text: str) -> None:
        self.said: Any = None
        self.findings: list[Finding] = []
        self._values: dict[Way, tuple[int, int]] = {}
        self._keys: dict[Way, tuple[int, int]] = {}
        self._left = _MOST
        try:
            node = yaml.compose(text, Loader=yaml.SafeLoader)
            if node is not None:
                self.said = self._plain(node, ())
        except yaml.MarkedYAMLError as broken:
            mark = broken.problem_mark or broken.context_mark
            line, column = (mark.line + 1, mark.column + 1) if mark else HERE
            self.findings.append(Finding(line, column, f"is not YAML: {broken.problem or broken.context}."))
        except yaml.reader.ReaderError as broken:
            before = text[: broken.position]
            place = before.count("\n") + 1, broken.position - (before.rfind("\n") + 1) + 1
            self.findings.append(Finding(*place, f"a character that no text may hold (U+{_code(broken):04X})."))
        except (RecursionError, OverflowError):
            self.findings.append(Finding(*HERE, "this is nested too deeply, or refers to itself too often."))

    @property
    def sound(self) -> bool:
        """Whether it could be read at all."""
        return self.said is not None

    def place(self, way: Way, *, of_key: bool = False) -> tuple[int, int]:
        """Line and column of the value at the end of `way`, or of its key; of what it stands in where it is missing."""
        if of_key and way in self._keys:
            return self._keys[way]
        while way and way not in self._values:
            way = way[:-1]
        return self._values.get(way, HERE)

    def _plain(self, node: yaml.Node, way: Way) -> Any:
        # An alias may stand for much, many times over.
        self._left -= 1
        if self._left < 0:
            raise OverflowError
        self._values[way] = _place(node)
        if isinstance(node, yaml.MappingNode):
            return dict(self._pairs(node, way))
        if isinstance(node, yaml.SequenceNode):
            return [self._plain(each, (*way, place)) for place, each in enumerate(node.value)]
        return _scalar(node)

    def _pairs(self, node: yaml.MappingNode, way: Way) -> Iterator[tuple[Any, Any]]:
        first: dict[Any, int] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode) or key_node.value == _MERGE:
                self.findings.append(Finding(*_place(key_node), "only a word may stand before a colon here."))
                continue
            # A key is always a word: the hours of a day, a business, a date.
            key = key_node.value
            if key in first:
                said = f"{key} stands here twice; it stands in line {first[key]} already."
                self.findings.append(Finding(*_place(key_node), said))
                continue
            first[key] = _place(key_node)[0]
            self._keys[*way, key] = _place(key_node)
            yield key, self._plain(value_node, (*way, key))


def _scalar(node: yaml.Node) -> Any:
    # YAML's own rules read 9:30 as a number, no as a switch and a date as something else than it says.
    if not (isinstance(node, yaml.ScalarNode) and node.style is None):
        return node.value
    text = node.value
    if text.lower() in _WORDS:
        return _WORDS[text.lower()]
    return int(text) if _WHOLE.fullmatch(text) and len(text) < 19 else text  # noqa: PLR2004 -- what 64 bits hold


def _place(node: yaml.Node) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1


def _code(broken: yaml.reader.ReaderError) -> int:
    return broken.character if isinstance(broken.character, int) else ord(broken.character)
