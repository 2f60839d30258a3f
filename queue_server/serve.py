"""Listening: gevent's WSGI server with TCP_NODELAY, because without it every kept connection waits 40 ms a reply."""

import signal
import socket
from collections.abc import Callable
from typing import Any

import gevent
from flask import Flask
from gevent.pywsgi import WSGIServer


class ListenError(OSError):
    """The address cannot be listened on."""


class _Server(WSGIServer):
    def wrap_socket_and_handle(self, client_socket: Any, address: Any) -> Any:
        client_socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return super().wrap_socket_and_handle(client_socket, address)

    def handle(self, *args: Any) -> Any:
        args[0].setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return super().handle(*args)


def listen(app: Flask, bind: str, port: int) -> WSGIServer:
    """A server that listens already; raises `ListenError` with a sentence that says what to do."""
    server = _Server((bind, port), app, log=None)
    try:
        server.start()
    except OSError as taken:
        raise ListenError(
            f"Cannot listen on {bind}:{port}: {taken.strerror or taken}. Choose another port with --port."
        ) from taken
    return server


def until_stopped(*stop: Callable[[], None]) -> None:
    """Wait for Ctrl-C or SIGTERM, then stop everything in order."""
    stopped = gevent.event.Event()
    for name in ("SIGINT", "SIGTERM"):
        gevent.signal_handler(getattr(signal, name), stopped.set)
    stopped.wait()
    for each in stop:
        each()
