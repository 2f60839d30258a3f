"""What a slip printer can do: how wide its paper is, pictures or text in its own Han code, a cutter, QR codes."""

from dataclasses import dataclass
from typing import Literal

WIDE, NARROW = 576, 384  # dots: paper of 80 mm and of 58 mm

Text = Literal["raster", "gb18030", "gbk", "big5"]
TEXTS: tuple[Text, ...] = ("raster", "gb18030", "gbk", "big5")
Qr = Literal["drawn", "native"]
QRS: tuple[Qr, ...] = ("drawn", "native")


@dataclass(frozen=True, slots=True)
class Profile:
    """One printer; what is set when nobody says otherwise, every ESC/POS printer of 80 mm can do."""

    width: int = WIDE
    text: Text = "raster"
    cutter: bool = True
    qr: Qr = "drawn"


USUAL = Profile()
