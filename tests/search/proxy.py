"""A wire between the site and a node that can be cut, held or slowed down."""

from __future__ import annotations

import contextlib
import socket
import threading
import time


class Proxy:
    """Listens on a port of its own and passes everything on, ``delay`` seconds later; None holds every answer back.

    ``cut`` is a node that was stopped, ``mend`` one that was started again.
    """

    def __init__(self, host: str, port: int) -> None:
        self.target = (host, port)
        self.delay: float | None = 0.0
        self.port = 0
        self._connections: list[socket.socket] = []
        self.mend()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def mend(self) -> None:
        self._server = socket.create_server(("127.0.0.1", self.port))
        self.port = self._server.getsockname()[1]
        threading.Thread(target=self._accept, args=(self._server,), daemon=True).start()

    def cut(self) -> None:
        self.delay = 0.0
        for end in (self._server, *self._connections):
            with contextlib.suppress(OSError):  # closed already
                end.shutdown(socket.SHUT_RDWR)
            end.close()
        self._connections = []

    def _accept(self, server: socket.socket) -> None:
        with contextlib.suppress(OSError):  # closed
            while True:
                near, _ = server.accept()
                far = socket.create_connection(self.target)
                self._connections += [near, far]
                threading.Thread(target=self._pass_on, args=(near, far, False), daemon=True).start()
                threading.Thread(target=self._pass_on, args=(far, near, True), daemon=True).start()

    def _pass_on(self, source: socket.socket, goal: socket.socket, answer: bool) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                if answer:
                    while self.delay is None:
                        time.sleep(0.02)
                    time.sleep(self.delay)
                goal.sendall(data)
        for end in (source, goal):
            end.close()
