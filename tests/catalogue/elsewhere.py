"""A catalogue on another machine: documents by their paths, told by a real server on this one."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

Answer = tuple[str, bytes]
Odd = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Machine:
    """`documents`: media type and content by path; or a function that answers as it likes."""

    port: int
    documents: dict[str, Answer | Odd] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    headers: list[Mapping[str, str]] = field(default_factory=list)

    @property
    def site(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def place(self) -> str:
        """As `OUTGOING_ALSO` names it."""
        return f"127.0.0.1:{self.port}"


def redirect(to: str) -> Odd:
    """Leads on."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(302)
        handler.send_header("Location", to)
        handler.end_headers()

    return answer


@contextmanager
def machine(documents: Mapping[str, Answer | Odd] | None = None) -> Iterator[Machine]:
    """A server of its own."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found.asked.append(self.path)
            found.headers.append(dict(self.headers))
            known = found.documents.get(self.path)
            if callable(known):
                known(self)
                return
            media_type, content = known or ("text/plain", b"nothing here")
            self.send_response(200 if known else 404)
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *args: Any) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found = Machine(server.server_address[1], dict(documents or {}))
    thread = Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()
