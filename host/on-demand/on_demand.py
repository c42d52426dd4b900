"""Answers on the socket that systemd listens on, and ends when nobody has asked for a while: idle, it costs no memory."""

import socket
import threading
from collections.abc import Callable
from typing import BinaryIO

PASSED = 3  # the first descriptor that systemd passes on, sd_listen_fds(3)
IDLE_SECONDS = 60

Conversation = Callable[[BinaryIO, BinaryIO], None]


def serve(converse: Conversation, listener: socket.socket | None = None, idle: float = IDLE_SECONDS) -> None:
    """Has `converse(reader, writer)` speak with each client, in a thread of its own, until all are gone for so long."""
    listener = listener or socket.socket(fileno=PASSED)
    listener.settimeout(idle)
    speaking: set[threading.Thread] = set()
    while True:
        try:
            connection, _ = listener.accept()
        except TimeoutError:
            if not any(thread.is_alive() for thread in speaking):
                # Who connects from now on starts the program again.
                return
            continue
        speaking = {thread for thread in speaking if thread.is_alive()}
        thread = threading.Thread(target=hold, args=(connection, converse))
        speaking.add(thread)
        thread.start()


def hold(connection: socket.socket, converse: Conversation) -> None:
    with connection, connection.makefile("rb") as reader, connection.makefile("wb") as writer:
        try:
            converse(reader, writer)
        except (BrokenPipeError, ConnectionResetError):
            pass  # the client has gone, and asks again
