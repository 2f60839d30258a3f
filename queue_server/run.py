"""Running one server in the foreground, with a clear sentence for whatever keeps it from starting."""

import click
from sqlalchemy.exc import NoSuchModuleError, SQLAlchemyError

from queue_server.app import create_app
from queue_server.core.hall import Hall
from queue_server.logs import configure
from queue_server.serve import ListenError, listen, until_stopped
from queue_server.server import Server
from queue_server.settings import ServerSettings
from queue_server.storage.engines import DatabaseInUse


def start(settings: ServerSettings, hall: Hall) -> Server:
    """A server on its database; what keeps it from starting is said to the person at the command line."""
    try:
        return Server(settings, hall)
    except OSError as unwritable:
        where = f"The folder of {settings.database} cannot be written"
        raise click.ClickException(f"{where}: {unwritable.strerror or unwritable}.") from unwritable
    except (ModuleNotFoundError, NoSuchModuleError) as missing:
        said = "Databases are sqlite:///PATH and postgresql://…; the second needs pip install 'onedoor[postgres]'."
        raise click.ClickException(said) from missing
    except (DatabaseInUse, ValueError) as refused:
        raise click.ClickException(str(refused)) from refused
    except SQLAlchemyError as failed:
        raise click.ClickException(f"The database cannot be used: {failed.__cause__ or failed}") from failed


def run_server(settings: ServerSettings, hall: Hall) -> None:
    """Serve until stopped."""
    configure()
    server = start(settings, hall)
    try:
        web = listen(create_app(server), settings.bind, settings.port)
    except ListenError as taken:
        server.stop()
        raise click.ClickException(str(taken)) from taken
    base = f"http://{settings.bind}:{web.server_port}"
    for hall_id in server.halls:
        click.echo(f"display  {base}/display/{hall_id}")
    click.echo(f"console  {base}/console")
    click.echo(f"floor    {base}/floor")
    click.echo(f"planner  {base}/planner")
    until_stopped(web.stop, server.stop)
