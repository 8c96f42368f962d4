"""Settings for a web process of its own in the tests: it finds the files where the test has them."""

import os

from civic.settings.test import *  # noqa: F403

RECEIVING_DIR = os.environ["RECEIVING_DIR"]
