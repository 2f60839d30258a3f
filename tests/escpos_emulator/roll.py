"""The paper inside the emulator: commands go in, black dots come out, the cutter makes slips of them."""

from dataclasses import dataclass, field

from PIL import Image
from qrcode import QRCode

from kiosk.typeface import han, shipped
from tests.escpos_emulator.commands import Command, UnknownByte

_PAGES = {0: "cp437", 2: "cp850", 16: "cp1252", 19: "cp858"}
_LINE = 30
_LEVELS = {48: 1, 49: 0, 50: 3, 51: 2}  # L M Q H as the QR library counts them


@dataclass
class _Look:
    """How text is set now; ESC @ makes a new one."""

    font_b: bool = False
    bold: bool = False
    underline: bool = False
    reverse: bool = False
    wide: int = 1
    high: int = 1
    align: int = 0
    spacing: int = _LINE
    page: str = "gb18030"
    left: int = 0
    code: dict[str, int | bytes] = field(default_factory=dict)


class Roll:
    """Endless paper `width` dots wide; `slips` are what was cut off, `scraps` what was torn off.

    `han` is the code of its Han characters.
    """

    def __init__(self, width: int, han: str = "gb18030") -> None:
        self.width, self.han = width, han
        self.slips: list[Image.Image] = []
        self.scraps: list[Image.Image] = []
        self._look = _Look(page=han)
        self._paper = Image.new("1", (width, 0), 255)
        self._line: list[Image.Image] = []
        self._graphics: Image.Image | None = None

    def take(self, command: Command) -> None:  # noqa: C901, PLR0912, PLR0915 -- one line a command is the clearest table
        """Does one command."""
        look, args = self._look, command.args
        match command.name:
            case "init":
                self._look, self._line = _Look(page=self.han), []
            case "text":
                self._line += [self._cell(char) for char in command.data.decode(look.page)]
            case "line-feed":
                self._print_line()
            case "feed-lines":
                self._print_line(least=0)
                self._feed(args[0] * look.spacing)
            case "feed-dots":
                self._print_line(least=0)
                self._feed(args[0])
            case "mode":
                look.font_b, look.bold, look.underline = bool(args[0] & 1), bool(args[0] & 8), bool(args[0] & 128)
                look.high, look.wide = 2 if args[0] & 16 else 1, 2 if args[0] & 32 else 1
            case "size":
                look.wide, look.high = (args[0] >> 4 & 7) + 1, (args[0] & 7) + 1
            case "bold" | "double-strike":
                look.bold = bool(args[0] & 1)
            case "underline":
                look.underline = args[0] % 48 > 0
            case "reverse":
                look.reverse = bool(args[0] & 1)
            case "font":
                look.font_b = args[0] % 48 == 1
            case "align":
                look.align = args[0] % 48
            case "spacing":
                look.spacing = args[0]
            case "default-spacing":
                look.spacing = _LINE
            case "codepage":
                look.page = _PAGES[args[0]]
            case "left-margin":
                look.left = args[0] + 256 * args[1]
            case "han-on" | "han-off":
                look.page = self.han if command.name == "han-on" else "cp437"
            case "raster":
                self._raster(args, command.data)
            case "graphics":
                self._store_graphics(command.data)
            case "code":
                self._code(command.data)
            case "cut":
                self._print_line(least=0)
                self._feed(args[1])
                self.slips.append(self._paper)
                self._paper = Image.new("1", (self.width, 0), 255)
            case "upside-down" | "smooth" | "country" | "area-width":
                if any(args) and command.name != "area-width":
                    raise UnknownByte(0, command.name.encode())

    @property
    def paper(self) -> Image.Image:
        """What hangs out of the printer, not cut yet."""
        return self._paper

    def tear(self) -> None:
        """Somebody tears off what hangs out."""
        if self._paper.height:
            self.scraps.append(self._paper)
        self._look, self._line = _Look(page=self.han), []
        self._paper = Image.new("1", (self.width, 0), 255)

    def _feed(self, dots: int) -> None:
        longer = Image.new("1", (self.width, self._paper.height + dots), 255)
        longer.paste(self._paper)
        self._paper = longer

    def _stamp(self, image: Image.Image, high: int) -> None:
        room = self.width - self._look.left - image.width
        x = self._look.left + (0, room // 2, room)[self._look.align]
        if room < 0:
            raise ValueError(f"{image.width} dots do not fit on {self.width} dots of paper")
        top = self._paper.height
        self._feed(high)
        self._paper.paste(image, (x, top + high - image.height))

    def _cell(self, char: str) -> Image.Image:
        look = self._look
        wide, high = (9, 17) if look.font_b else (12, 24)
        if ord(char) >= 0x2E80:
            wide, high = 24, 24
        cell = Image.new("1", (wide, high), 255)
        mask, baseline = shipped().draw(char, han("zh-Hans", 700 if look.bold else 400), high * 5 // 6)
        cell.paste(0, ((wide - mask.width) // 2, high * 5 // 6 - baseline), mask)
        if look.underline:
            cell.paste(0, (0, high - 2, wide, high))
        if look.reverse:
            cell = cell.point(lambda dot: 255 - dot)
        return cell.resize((wide * look.wide, high * look.high), Image.Resampling.NEAREST)

    def _print_line(self, least: int | None = None) -> None:
        cells, self._line = self._line, []
        while cells:
            line, wide = [], 0
            while cells and wide + cells[0].width <= self.width - self._look.left:
                wide += cells[0].width
                line.append(cells.pop(0))
            high = max(cell.height for cell in line)
            strip, x = Image.new("1", (wide, high), 255), 0
            for cell in line:
                strip.paste(cell, (x, high - cell.height))
                x += cell.width
            self._stamp(strip, max(high, self._look.spacing))
            least = 0
        self._feed(self._look.spacing if least is None else least)

    def _raster(self, args: tuple[int, ...], data: bytes) -> None:
        scale, wide, high = args
        # A set bit is ink; Pillow's set bit is white.
        image = Image.frombytes("1", (wide, high), bytes(byte ^ 0xFF for byte in data))
        image = image.resize((wide * (1 + scale % 2), high * (1 + scale // 2)), Image.Resampling.NEAREST)
        self._stamp(image, image.height)

    def _store_graphics(self, data: bytes) -> None:
        function = data[1]
        if function in (48 + 64, 112):
            across, down = data[6] + 256 * data[7], data[8] + 256 * data[9]
            bits = bytes(byte ^ 0xFF for byte in data[10:])
            self._graphics = Image.frombytes("1", (across, down), bits)
        elif function in (2, 50) and self._graphics is not None:
            self._stamp(self._graphics, self._graphics.height)
        else:
            raise UnknownByte(0, data)

    def _code(self, data: bytes) -> None:
        kind, function, code = data[0], data[1], self._look.code
        if kind != 49:
            raise UnknownByte(0, data)
        if function in (65, 67, 69):
            code[{65: "model", 67: "module", 69: "level"}[function]] = data[2]
        elif function == 80:
            code["data"] = data[3:]
        elif function == 81:
            qr = QRCode(error_correction=_LEVELS[int(code.get("level", 48))], border=0)
            qr.add_data(bytes(code["data"]))  # type: ignore[arg-type]
            matrix = qr.get_matrix()
            image = Image.new("1", (len(matrix), len(matrix)))
            image.putdata([0 if dark else 255 for row in matrix for dark in row])
            scale = int(code.get("module", 3))
            self._stamp(image.resize((image.width * scale,) * 2, Image.Resampling.NEAREST), image.height * scale)
        else:
            raise UnknownByte(0, data)
