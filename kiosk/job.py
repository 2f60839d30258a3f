"""A slip as one print job: the whole ESC/POS byte string, made before anything is sent."""

from escpos.capabilities import get_profile
from escpos.printer import Dummy
from PIL import Image

# Small printers have small memories: the picture goes in strips.
_STRIP = 240


def print_job(image: Image.Image) -> bytes:
    """Start clean, the picture as raster, feed past the cutter, cut."""
    profile = get_profile("default")
    # A copy, for the library shares its table; with the width known it prints no remark of its own.
    profile.profile_data = {**profile.profile_data, "media": {"width": {"pixels": image.width}}}
    printer = Dummy(profile=profile)
    printer.hw("INIT")
    printer.image(image, impl="bitImageRaster", fragment_height=_STRIP)
    printer.cut(mode="PART")
    job: bytes = printer.output
    return job
