"""HTTP around the twin: `python -m tests.payments.stripe_twin PORTFILE`."""

import json
import re
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.payments.stripe_twin.answering import Twin
from tests.payments.stripe_twin.store import Lost, Params, Refusal


def nested(pairs: list[tuple[str, str]]) -> Params:
    """`metadata[charge]=7` as Stripe reads it."""
    found: Params = {}
    for name, value in pairs:
        first, *more = re.findall(r"[^\[\]]+", name)
        place = found
        for part in [first, *more][:-1]:
            place = place.setdefault(part, {})
        place[[first, *more][-1]] = {"true": True, "false": False}.get(value, value)
    return found


class Handler(BaseHTTPRequestHandler):
    """HTTP around the twin."""

    twin: Twin
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._serve("GET", urlsplit(self.path).query)

    def do_POST(self) -> None:
        self._serve("POST", self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode())

    def _serve(self, method: str, sent: str) -> None:
        path = urlsplit(self.path).path
        try:
            if path.startswith("/twin/"):
                status, body = 200, self.twin.control(path.removeprefix("/twin/"), json.loads(sent or "{}"))
            else:
                key = self.headers.get("Idempotency-Key", "")
                status, body = self.twin.answer(method, path, nested(parse_qsl(sent)), key)
        except Refusal as refusal:
            status, body = refusal.status, refusal.body
        except Lost:
            self.close_connection = True
            return
        answer = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *arguments: Any) -> None:
        """Quiet."""


def main(port_file: str) -> None:
    """Serves on a free port, whose number it writes into the file."""
    Handler.twin = Twin()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.handle_error = lambda *of: None  # type: ignore[method-assign] # killed workers hang up
    Path(port_file).write_text(str(server.server_port))
    server.serve_forever()


if __name__ == "__main__":
    main(sys.argv[1])
