"""What stops the embedded servers from starting, said in one line."""


class EmbeddedError(Exception):
    """A server cannot be created, started or reached; the message says why and what to do."""
