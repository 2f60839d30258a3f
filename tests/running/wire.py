"""TCP on loopback: a port nobody listens on, and a wire to a server that can be cut and can lose answers."""

import select
import socket
import threading


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Wire:
    """A TCP wire to the server that can be cut, and can lose the next answers after the server has given them."""

    def __init__(self, server: str) -> None:
        self._to = ("127.0.0.1", int(server.rsplit(":", 1)[1]))
        self._door = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._door.getsockname()[1]}"
        self.lose_answers = 0
        self.cut = False
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._listen)]
        self._threads[0].start()

    def close(self) -> None:
        """Ends all connections."""
        self._stop.set()
        for each in self._threads:
            each.join()
        self._door.close()

    def _listen(self) -> None:
        while not self._stop.is_set():
            if select.select([self._door], [], [], 0.05)[0]:
                near, _ = self._door.accept()
                self._threads.append(threading.Thread(target=self._carry, args=(near,)))
                self._threads[-1].start()

    def _carry(self, near: socket.socket) -> None:
        with near, socket.create_connection(self._to) as far:
            posting = False
            while not self._stop.is_set() and not self.cut:
                for end in select.select([near, far], [], [], 0.05)[0]:
                    data = end.recv(65536)
                    if not data:
                        return
                    if end is near:
                        posting = data.startswith(b"POST") or (posting and not data.startswith(b"GET"))
                    elif posting and self.lose_answers > 0:
                        # The server has done it; the kiosk never hears of it.
                        self.lose_answers -= 1
                        return
                    (far if end is near else near).sendall(data)
