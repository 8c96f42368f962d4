"""Council groups come from what each slice declares."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission

from civic.accounts import groups
from civic.core.registry import is_ours

pytestmark = pytest.mark.django_db


def held(name):
    rows = Group.objects.get(name=name).permissions.values_list("content_type__app_label", "codename")
    return {f"{app}.{codename}" for app, codename in rows}


def test_every_declared_permission_exists_and_is_held():
    for name, permissions in groups.declared().items():
        assert permissions <= held(name), permissions - held(name)


def test_groups_hold_nothing_else():
    for name in set(groups.ALL) - {groups.AUDITORS}:
        assert held(name) == groups.declared()[name]


def test_auditors_see_every_model_of_ours_and_change_none():
    ours = {config.label for config in apps.get_app_configs() if is_ours(config.name)}
    views = Permission.objects.filter(content_type__app_label__in=ours, codename__startswith="view_")
    everything = {f"{p.content_type.app_label}.{p.codename}" for p in views.select_related("content_type")}
    assert everything <= held(groups.AUDITORS)
    extra = held(groups.AUDITORS) - everything
    assert not [name for name in extra if name.split(".")[1].startswith(("add_", "change_", "delete_"))]


def test_what_is_no_longer_declared_is_taken_away():
    stray = Permission.objects.get(content_type__app_label="accounts", codename="delete_person")
    Group.objects.get(name=groups.MODERATORS).permissions.add(stray)
    groups.sync(sender=apps.get_app_config("accounts"))
    assert "accounts.delete_person" not in held(groups.MODERATORS)
