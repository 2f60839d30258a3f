"""A slip as one print job: the whole ESC/POS byte string, made before anything is sent."""

from typing import TYPE_CHECKING

from PIL import Image

from kiosk.profile import USUAL, Profile

if TYPE_CHECKING:
    from escpos.printer import Dummy

# Small printers have small memories: the picture goes in strips.
_STRIP = 240
# From the print head to the edge where paper without a cutter is torn, in lines.
_TO_THE_EDGE = 6


def begin(width: int) -> "Dummy":
    """A job for paper `width` dots wide, starting clean."""
    # Loaded with the first slip: the library reads a large table of printers, for which no touch page should wait.
    from escpos.printer import Dummy  # noqa: PLC0415

    printer = Dummy()
    # A copy, for the library shares its table; with the width known it prints no remark of its own.
    known = printer.profile.profile_data
    printer.profile.profile_data = {**known, "media": {"width": {"pixels": width}}}
    printer.hw("INIT")
    return printer


def add_picture(printer: "Dummy", image: Image.Image) -> None:
    """A picture, in strips."""
    printer.image(image, impl="bitImageRaster", fragment_height=_STRIP)


def end(printer: "Dummy", profile: Profile) -> bytes:
    """Feeds past the cutter and cuts, or as far as paper is torn off by hand; gives the bytes of the job."""
    if profile.cutter:
        printer.cut(mode="PART")
    else:
        printer.print_and_feed(_TO_THE_EDGE)
    job: bytes = printer.output
    return job


def print_job(image: Image.Image, profile: Profile = USUAL) -> bytes:
    """A slip that is a picture."""
    printer = begin(image.width)
    add_picture(printer, image)
    return end(printer, profile)
