"""One form of each character in everything written in 繁體: where two are in use, this house has chosen one."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("kiosk", "display", "queue_server", "simulation")
FILES = [path for room in ROOMS for path in sorted((ROOT / room).rglob("zh-Hant.json")) if "web_dist" not in path.parts]

# What is not written here, and what is written instead.
OTHERS = {
    "裏": "裡",
    "着": "著",
    "臺": "台",
    "賬": "帳",
    "爲": "為",
    "啓": "啟",
    "綫": "線",
    "羣": "群",
    "屏幕": "螢幕",
}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_file_writes_the_other_form(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert [f"{other}, not {ours}" for other, ours in OTHERS.items() if other in text] == []
