"""The council's groups and what each may do in the admin.

Each slice's AppConfig says which permissions of its models a group has; the groups are made from that after
every migrate, so the code is the truth:

    class CallsConfig(AppConfig):
        council_permissions = {
            groups.PROGRAMME_MANAGERS: ["add_call", "change_call", "view_call"],
        }

A permission of a library is declared with its app (`wagtailadmin.access_admin`). Auditors see every model of ours.
"""

from collections import defaultdict
from typing import Any

from django.apps import AppConfig, apps
from django.utils.translation import gettext_lazy as _

from civic.core.registry import is_ours

MODERATORS = "moderators"
PROGRAMME_MANAGERS = "programme-managers"
FINANCE_OFFICERS = "finance-officers"
DATA_STEWARDS = "data-stewards"
AUDITORS = "auditors"
EDITORS = "editors"

# What somebody of each group is called.
WORDS = {
    MODERATORS: _("moderator"),
    PROGRAMME_MANAGERS: _("programme manager"),
    FINANCE_OFFICERS: _("finance officer"),
    DATA_STEWARDS: _("data steward"),
    AUDITORS: _("auditor"),
    EDITORS: _("editor"),
}
ALL = list(WORDS)


def declared() -> dict[str, set[str]]:
    """What all slices declare: the permissions (`app.codename`) of each group."""
    wanted: dict[str, set[str]] = {name: set() for name in ALL}
    for config in apps.get_app_configs():
        for group, permissions in getattr(config, "council_permissions", {}).items():
            wanted[group].update(name if "." in name else f"{config.label}.{name}" for name in permissions)
    return wanted


def sync(sender: AppConfig, **kwargs: Any) -> None:
    """After the migrate of one app: gives each group exactly the declared permissions of that app."""
    from django.contrib.auth.management import create_permissions
    from django.contrib.auth.models import Group, Permission

    # Django makes them in a handler of the same signal, which may come after this one.
    create_permissions(sender, verbosity=0)
    granted: dict[str, set[int]] = defaultdict(set)
    declared_now = declared()
    for permission in Permission.objects.filter(content_type__app_label=sender.label):
        known_as = f"{sender.label}.{permission.codename}"
        for group, names in declared_now.items():
            audits = group == AUDITORS and is_ours(sender.name) and permission.codename.startswith("view_")
            if known_as in names or audits:
                granted[group].add(permission.pk)
    for name in ALL:
        row, _made = Group.objects.get_or_create(name=name)
        held = set(row.permissions.filter(content_type__app_label=sender.label).values_list("pk", flat=True))
        row.permissions.remove(*(held - granted[name]))
        row.permissions.add(*(granted[name] - held))
