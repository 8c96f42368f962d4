"""For the tests: the demo's code paths with cheap hashing and mail kept in memory."""

import atexit
import shutil
import tempfile
from pathlib import Path

from civic.settings.demo import *  # noqa: F403
from civic.settings.demo import LOGGING

SECRET_KEY = "tests-only"  # noqa: S105
REGISTRY_HMAC_KEY = "tests-only-registry"
BALLOT_HMAC_KEY = "tests-only-ballot"
MFA_ENCRYPTION_KEY = "tests-only-mfa"
LEDGER_SIGNING_KEY = "tests-only-ledger"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
# A start of Python for each of a thousand small files takes longer than all else. Tests of what files do turn it on.
READ_FILES_APART = False
FILES = Path(tempfile.mkdtemp(prefix="civic-test-"))
atexit.register(shutil.rmtree, FILES, ignore_errors=True)
MEDIA_ROOT = FILES / "media"
WORK_DIR = FILES / "work"
RECEIVING_DIR = FILES / "receiving"
ROOTS_DIR = FILES / "roots"
# Empty: WhiteNoise walks through it for each client of a test. What `make demo` collects was a third of their CPU.
STATIC_ROOT = FILES / "static"
STATIC_ROOT.mkdir()
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
LOGGING["root"]["level"] = "INFO"  # type: ignore[index]
# The setup of a city creates a hundred pages: a test that fails would say so above everything else.
LOGGING["loggers"]["wagtail"] = {"level": "WARNING"}  # type: ignore[index]
