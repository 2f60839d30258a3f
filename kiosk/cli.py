"""The command `onedoor kiosk`."""

import logging
from pathlib import Path

import click

from kiosk.profile import QRS, TEXTS, Profile, Qr, Text
from kiosk.words import LANGUAGES


def _printer(_context: click.Context, _option: click.Parameter, address: str) -> object:
    from kiosk.printer import BadPrinter, printer_at  # noqa: PLC0415 -- the printing extra is only needed when it runs

    try:
        return printer_at(address)
    except BadPrinter as bad:
        raise click.BadParameter(str(bad)) from bad


@click.command()
@click.option("--server", required=True, help="Address of the queue server, for example http://10.0.0.5:8400.")
@click.option("--token", envvar="ONEDOOR_KIOSK_TOKEN", help="The kiosk's token (`onedoor token create --role kiosk`).")
@click.option("--token-file", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="A file holding it.")
@click.option("--hall", default="main", show_default=True, help="The hall this kiosk stands in.")
@click.option("--port", default=8081, show_default=True, type=click.IntRange(1, 65535), help="Port of the touch page.")
@click.option("--bind", default="127.0.0.1", show_default=True, help="Address the touch page is served on.")
@click.option(
    "--printer",
    default="screen",
    show_default=True,
    callback=_printer,
    help="tcp:HOST:PORT, usb:VID:PID, serial:/dev/ttyUSB0[:BAUD], COM3[:BAUD], file:PATH, or screen.",
)
@click.option("--width", default="576", show_default=True, type=click.Choice(["576", "384"]), help="Dots a line.")
@click.option(
    "--text",
    default="raster",
    show_default=True,
    type=click.Choice(TEXTS),
    help="Picture, or text in the printer's own Han code.",
)
@click.option("--no-cutter", is_flag=True, help="The printer has no cutter: paper is torn off.")
@click.option("--qr", default="drawn", show_default=True, type=click.Choice(QRS), help="Who draws codes on text slips.")
@click.option("--name", default="1", show_default=True, help="The kiosk's name on the slip.")
@click.option("--language", default="zh-Hans", show_default=True, type=click.Choice(LANGUAGES), help="Shown first.")
def kiosk(
    server: str,
    token: str | None,
    token_file: Path | None,
    hall: str,
    port: int,
    bind: str,
    printer: object,
    width: str,
    text: Text,
    qr: Qr,
    name: str,
    language: str,
    *,
    no_cutter: bool,
) -> None:
    """Serve the touch page of one kiosk and print its slips."""
    try:
        from kiosk.agent import Agent, KioskSettings  # noqa: PLC0415 -- as above
        from kiosk.printer import Printer  # noqa: PLC0415
        from kiosk.typeface import FontsMissing, shipped  # noqa: PLC0415
    except ModuleNotFoundError as missing:
        raise click.ClickException(f"{missing.name} is not installed: pip install 'onedoor[kiosk]'") from missing

    if token_file is not None:
        token = token_file.read_text(encoding="utf-8").strip()
    if not token:
        raise click.UsageError("A token is needed: --token, --token-file or ONEDOOR_KIOSK_TOKEN.")
    if not server.startswith(("http://", "https://")):
        raise click.UsageError(f"The server's address begins with http:// or https://, as in http://{server}.")
    if not isinstance(printer, Printer):
        raise click.UsageError("The printer is not known.")
    if qr == "native" and text == "raster":
        raise click.UsageError("A slip that is a picture has its code in it: --qr native goes with another --text.")
    try:
        shipped()
    except FontsMissing as missing_fonts:
        raise click.ClickException(str(missing_fonts)) from missing_fonts
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    settings = KioskSettings(
        server, token, hall, port, bind, printer, Profile(int(width), text, not no_cutter, qr), name, language
    )
    agent = Agent(settings)
    click.echo(f"Kiosk page: http://{bind}:{port}/")
    try:
        agent.serve()
    except OSError as taken:
        raise click.ClickException(f"Port {port} cannot be listened on; choose another with --port.") from taken
