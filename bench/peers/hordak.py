"""django-hordak, as its documentation says it is used, in a process and a database of its own.

`python hordak.py DATABASE-URL`: prints `ready`, then posts as often as each line of its input says and answers `done`.
Run by bench/ledger.py in the bench's own environment; nothing of the exchange is on its path.
"""

import sys

import dj_database_url
import django
from django.conf import settings

APPS = ["django.contrib.contenttypes", "django.contrib.auth", "mptt", "djmoney", "hordak"]


def main(url: str) -> None:
    """Serves until its input ends."""
    databases = {"default": dj_database_url.parse(url, conn_max_age=None)}
    settings.configure(INSTALLED_APPS=APPS, DATABASES=databases, USE_TZ=True, DEFAULT_AUTO_FIELD="django.db.models.AutoField")
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    post = transfer()
    post()
    print("ready", flush=True)
    for line in sys.stdin:
        for _ in range(int(line)):
            post()
        print("done", flush=True)


def transfer():  # type: ignore[no-untyped-def]
    """One euro cent from one account to another, in a transaction."""
    from django.db import transaction
    from hordak.models import Account, AccountType
    from moneyed import Money

    bank = Account.objects.create(name="Bank", type=AccountType.asset, code="1", currencies=["EUR"])
    held = Account.objects.create(name="Held", type=AccountType.liability, code="2", currencies=["EUR"])
    cent = Money("0.01", "EUR")

    def post() -> None:
        with transaction.atomic():
            held.transfer_to(bank, cent)

    return post


if __name__ == "__main__":
    main(sys.argv[1])
