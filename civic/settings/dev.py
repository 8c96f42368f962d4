"""For working on the code: `python manage.py …` and the linters."""

from civic.settings.base import *  # noqa: F403

DEBUG = True
MAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
