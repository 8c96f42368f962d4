"""What triggers ask of the application's role alone, asked of what was written here as the owner of the tables."""

from collections.abc import Iterator

from django.db import connection

from tests.simulation.engine import City, holds


@holds("quiet")
def the_role_could_have_booked_each_entry(city: City) -> Iterator[str]:
    """`payouts_entry_is_owed` would refuse no entry since, and `matching_allocation_is_booked` no allocation."""
    known = city.memory.setdefault("booked", set())
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, payouts_is_owed(id), kind, key FROM ledger_entry WHERE NOT id = ANY (%s)",
            [list(known)],
        )
        for key, owed, kind, of in cursor.fetchall():
            known.add(key)
            if not owed:
                yield f"{kind} {of.partition(':')[0]}"
        cursor.execute("SELECT slug FROM matching_matchfund WHERE NOT matching_fund_is_booked(id)")
        yield from (f"the fund {slug} is not booked" for (slug,) in cursor.fetchall())
