"""WSGI entry point, served by granian."""

import os

from django.core.management import call_command
from django.core.wsgi import get_wsgi_application

from civic.core.frames import with_room

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "civic.settings.production")

application = with_room(get_wsgi_application())
# Servers run no system checks: without this a panel without template would fail on its page and not at start.
call_command("check", tags=["registry"])
