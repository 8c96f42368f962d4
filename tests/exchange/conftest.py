"""Files of a test go to a folder of its own."""

from tests.own_files import own_files  # noqa: F401
