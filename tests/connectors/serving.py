"""A producer's interface on loopback: real sockets, generated answers."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = bytes | Callable[[str], bytes]


@contextmanager
def serving(pages: Mapping[str, Answer]) -> Iterator[str]:
    """Serve pages by target (path and query) or by path alone; yields the base address.

    A callable answer is given the whole target, so that it can page. Anything else is 404.
    """

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer = pages.get(self.path, pages.get(self.path.partition("?")[0]))
            body = answer(self.path) if callable(answer) else answer
            self.send_response(404 if body is None else 200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing: the test's output is the test's."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()
