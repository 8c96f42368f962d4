"""Files of a test go to a folder of its own."""

from tests.access.conftest import _files  # noqa: F401
