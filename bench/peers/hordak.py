"""django-hordak, as its documentation says it is used, in a process and a database of its own.

`python hordak.py DATABASE-URL HISTORY`: makes so many transfers, prints `ready`, then answers each line of its input,
`bare 500` or `guarded 500`, with `done` after so many more. Run by bench/peer.py; nothing of ours is on its path.
"""

import sys

import dj_database_url
import django
from django.conf import settings

APPS = ["django.contrib.contenttypes", "django.contrib.auth", "mptt", "djmoney", "hordak"]


def main(url: str, history: str) -> None:
    """Serves until its input ends."""
    databases = {"default": dj_database_url.parse(url, conn_max_age=None)}
    settings.configure(
        INSTALLED_APPS=APPS, DATABASES=databases, USE_TZ=True, DEFAULT_AUTO_FIELD="django.db.models.AutoField"
    )
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    ways = transfers()
    for _ in range(int(history)):
        ways["bare"]()
    print("ready", flush=True)
    for line in sys.stdin:
        way, times = line.split()
        for _ in range(int(times)):
            ways[way]()
        print("done", flush=True)


def transfers():  # type: ignore[no-untyped-def]
    """A cent into an account, and a cent out of it where there is one: locked, since hordak itself has no floors."""
    from django.db import transaction
    from hordak.models import Account, AccountType
    from moneyed import Money

    bank = Account.objects.create(name="Bank", type=AccountType.asset, code="1", currencies=["EUR"])
    held = Account.objects.create(name="Held", type=AccountType.liability, code="2", currencies=["EUR"])
    cent = Money("0.01", "EUR")

    def bare() -> None:
        with transaction.atomic():
            held.transfer_to(bank, cent)

    def guarded() -> None:
        with transaction.atomic():
            locked = Account.objects.select_for_update().get(pk=held.pk)
            if locked.get_simple_balance()["EUR"] < cent:
                raise RuntimeError("overdraft")
            bank.transfer_to(locked, cent)

    return {"bare": bare, "guarded": guarded}


if __name__ == "__main__":
    main(*sys.argv[1:])
