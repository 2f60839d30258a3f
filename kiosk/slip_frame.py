"""What stands on top of every slip and below it: the hall with the door, the time and the kiosk."""

from PIL import Image, ImageDraw

from kiosk.paper import Paper
from kiosk.words import words


def head(paper: Paper, hall: str) -> None:
    """The door and the hall's name, with a line below."""
    paper.y = 20
    _mark(paper, paper.margin, paper.y, 40)
    paper.block(hall, 28, 700, x=paper.margin + 52, room=paper.inner - 52)
    paper.y = max(paper.y, 60) + 10
    paper.rule()


def _mark(paper: Paper, x: int, y: int, size: int) -> None:
    """The door 门, drawn on its 24-unit grid; made finely and thinned out, so that its ends are round."""
    fine, stroke = 8, 2.6
    unit = size * fine / 24
    mask = Image.new("L", (size * fine, size * fine), 0)
    pen = ImageDraw.Draw(mask)
    half = stroke * unit / 2
    for line in (((4.5, 2.5), (7, 5.5)), ((4, 9), (4, 21.5)), ((11, 4), (20, 4), (20, 21.5), (16.5, 21.5))):
        points = [(px * unit, py * unit) for px, py in line]
        pen.line(points, fill=255, width=round(2 * half))
        for px, py in points:
            pen.ellipse((px - half, py - half, px + half, py + half), fill=255)
    thinned = mask.resize((size, size), Image.Resampling.BOX).point([0] * 128 + [255] * 128)
    paper.stamp(thinned, x, y)


def foot(paper: Paper, when: str, kiosk: str) -> None:
    """When it was made and at which kiosk, below a line; on two lines where one is too narrow."""
    here = f"{words(paper.language)['kiosk']} {kiosk}"
    paper.y += 6
    paper.rule()
    paper.y += 8
    right = paper.width - paper.margin - paper.text_width(here, 24)
    if paper.margin + paper.text_width(when, 24) + 16 > right:
        paper.block(when, 24)
        paper.block(here, 24)
    else:
        paper.put(paper.margin, paper.y + 24, when, 24)
        paper.put(right, paper.y + 24, here, 24)
        paper.y += 32
    paper.y += 12
