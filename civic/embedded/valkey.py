"""The embedded Valkey: broker of Celery and cache, on a unix socket and never on TCP."""

import signal
from itertools import chain
from pathlib import Path

from civic.embedded.binaries import valkey_program
from civic.embedded.servers import Server

SETTINGS = {
    "port": "0",
    "unixsocketperm": "700",
    "daemonize": "no",
    "appendonly": "yes",  # a queued task survives a stop
    "appendfsync": "everysec",
    "save": "",
    "maxmemory": "128mb",
    "maxmemory-policy": "volatile-lru",  # cached answers go first; tasks have no expiry and stay
}


class Valkey(Server):
    """Valkey of one place."""

    name = "valkey"
    gentle = signal.SIGTERM

    @property
    def socket(self) -> Path:
        return self.place.sockets / "valkey.sock"

    def pid(self) -> int | None:
        """What its pid file says, which stays behind when the server is killed."""
        try:
            return int((self.folder / "valkey.pid").read_text())
        except (FileNotFoundError, ValueError):
            return None

    def ready(self) -> bool:
        """It listens only once its data are loaded."""
        return self.listening()

    def create(self) -> None:
        """Makes its folder; Valkey makes the rest."""
        if not self.folder.exists():
            self.folder.mkdir(mode=0o700)
            self.place.give(self.folder)

    def command(self) -> list[str | Path]:
        folders = {"dir": self.folder, "pidfile": self.folder / "valkey.pid", "unixsocket": self.socket}
        options = [[f"--{name}", str(value)] for name, value in (SETTINGS | folders).items()]
        return [valkey_program(self.place), *chain.from_iterable(options)]
