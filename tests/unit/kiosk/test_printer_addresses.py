"""Addresses of printers: every form we know, and a sentence for the ones we do not."""

import pytest

from kiosk.printer import BadPrinter, printer_at


@pytest.mark.parametrize(
    "address",
    [
        "screen",
        "tcp:192.0.2.7:9100",
        "tcp:[2001:db8::7]:9100",
        "usb:04b8:0202",
        "serial:/dev/ttyUSB0",
        "serial:/dev/ttyUSB0:115200",
        "COM3",
        "COM3:19200",
        "file:/dev/usb/lp0",
        "file:slips.bin",
    ],
)
def test_a_known_form_is_taken(address: str):
    assert printer_at(address).address == address
    assert printer_at(address).on_screen is (address == "screen")


@pytest.mark.parametrize("address", ["", "lpt", "tcp:host", "tcp:host:99999", "usb:04b8", "file:", "http://printer"])
def test_an_unknown_form_is_refused_with_the_known_ones(address: str):
    with pytest.raises(BadPrinter, match="tcp:HOST:PORT"):
        printer_at(address)
