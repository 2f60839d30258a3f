"""A slip as one print job: the whole ESC/POS byte string, made before anything is sent."""

from PIL import Image

# Small printers have small memories: the picture goes in strips.
_STRIP = 240


def print_job(image: Image.Image) -> bytes:
    """Start clean, the picture as raster, feed past the cutter, cut."""
    # Loaded with the first slip: the library reads a large table of printers, for which no touch page should wait.
    from escpos.printer import Dummy  # noqa: PLC0415

    printer = Dummy()
    # A copy, for the library shares its table; with the width known it prints no remark of its own.
    known = printer.profile.profile_data
    printer.profile.profile_data = {**known, "media": {"width": {"pixels": image.width}}}
    printer.hw("INIT")
    printer.image(image, impl="bitImageRaster", fragment_height=_STRIP)
    printer.cut(mode="PART")
    job: bytes = printer.output
    return job
