"""Reading beside the writer: short transactions in native threads, so that no query stops the sockets."""

from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from gevent.threadpool import ThreadPool
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from queue_server.writer import StorageDown

P = ParamSpec("P")
T = TypeVar("T")

THREADS = 4


class Reads:
    """Runs read functions on a few native threads; a database that cannot answer becomes `StorageDown`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._pool = ThreadPool(THREADS)

    def __call__(self, read: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The result of `read(connection, …)`; its own exceptions come through."""

        def attempt() -> tuple[T | None, Exception | None]:
            try:
                with self._engine.connect() as db, db.begin():
                    return read(db, *args, **kwargs), None
            except Exception as failed:  # noqa: BLE001 -- handed over, then raised where it was asked for
                return None, failed

        value, failed = self._pool.apply(attempt)
        if isinstance(failed, SQLAlchemyError):
            raise StorageDown from failed
        if failed is not None:
            raise failed
        return value  # type: ignore[return-value]  # a value is there whenever nothing failed
