"""What `check --deploy --database default` says of the role that the site connects as."""

import pytest
from django.db import connection

from civic.core.checks import connected_role, counted_proxies, large_objects, rules_in_the_database

pytestmark = pytest.mark.django_db


def test_the_owner_of_the_tables_is_warned_of() -> None:
    assert [one.id for one in connected_role(databases=["default"])] == ["core.W001"]
    assert connected_role(databases=None) == []


def test_a_role_of_its_own_is_not() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE only_reads_and_writes NOSUPERUSER NOINHERIT")
        cursor.execute("SET LOCAL ROLE only_reads_and_writes")
        assert connected_role(databases=["default"]) == []
        cursor.execute("RESET ROLE")


def test_a_role_that_fills_the_database_with_files_is_warned_of_1127_oc2() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE only_reads_and_writes NOSUPERUSER NOINHERIT")
        cursor.execute("GRANT EXECUTE ON FUNCTION lo_from_bytea TO only_reads_and_writes")
        cursor.execute("SET LOCAL ROLE only_reads_and_writes")
        assert [one.id for one in large_objects(databases=["default"])] == ["core.W003"]
        cursor.execute("RESET ROLE")
        cursor.execute("REVOKE EXECUTE ON FUNCTION lo_from_bytea FROM PUBLIC, only_reads_and_writes")
        cursor.execute("SET LOCAL ROLE only_reads_and_writes")
        assert large_objects(databases=["default"]) == []
        cursor.execute("RESET ROLE")
    assert large_objects(databases=None) == []


@pytest.mark.parametrize(
    "lost",
    [
        "DROP TRIGGER ledger_entry_append_only ON ledger_entry",
        "ALTER TABLE accounts_area DROP CONSTRAINT accounts_area_pkey CASCADE",
        "ALTER TABLE ledger_entry DISABLE TRIGGER ledger_entry_append_only",
        "DROP INDEX one_live_ballot_a_person_and_call",
        "CREATE OR REPLACE FUNCTION core_told() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    ],
)
def test_a_restore_without_its_rules_is_an_error_1127_oc2_at12(lost: str) -> None:
    assert rules_in_the_database(databases=["default"]) == []
    with connection.cursor() as cursor:
        cursor.execute(lost)
    assert [one.id for one in rules_in_the_database(databases=["default"])] == ["core.E002"]
    assert rules_in_the_database(databases=None) == []


@pytest.mark.parametrize(
    ("header", "count", "warned"), [(True, 0, True), (True, 1, False), (False, 0, False)]
)
def test_a_proxy_that_nobody_counts_is_warned_of_s3(settings, header: bool, count: int, warned: bool) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if header else None
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = count
    assert [one.id for one in counted_proxies(None)] == ["core.W002"] * warned
