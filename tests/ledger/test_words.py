"""The ledger in words: accounts are named by whoever knows them, entries say what they did, one picture shows all."""

import re
from collections.abc import Iterator, Mapping

import pytest
from django.db import connection
from django.db.models import Max
from django.test import Client
from django.test.utils import CaptureQueriesContext

from civic.core.errors import Invalid
from civic.core.money import Money
from civic.core.registry import Hook
from marketplace.ledger import chart, labels, operations, picture, queries
from marketplace.ledger.labels import Thing
from marketplace.ledger.models import Account, Entry
from marketplace.ledger.picture import Picture, flows, pictures
from marketplace.ledger.trail import trail
from tests.ledger.conftest import AT, gift

pytestmark = pytest.mark.django_db
asked: list[list[str]] = []


def projects(codes: list[str]) -> Mapping[str, Thing]:
    """What a higher slice would register: it knows the roof and not the rest."""
    asked.append(codes)
    return {code: Thing("Solar roof", "/projects/roof/") for code in codes if "/roof/" in code}


@pytest.fixture
def resolver() -> Iterator[None]:
    asked.clear()
    with labels.resolvers.temporarily(Hook("campaign/", projects)):
        yield


def euro(cents: int) -> Money:
    return Money(cents, "EUR")


def account(code: str) -> Account:
    kind = "A" if code in ("bank", "disputed") or code.startswith(("provider", "receivable")) else "L"
    return operations.account("demo", code, "EUR", kind, floor_zero=kind == "L")


def shift(cents: int, debit: str, credit: str, kind: str = "charge") -> Entry:
    legs = operations.move(euro(cents), source=account(credit), target=account(debit))
    key = f"{kind}:{Entry.objects.count()}"
    return operations.post(book="demo", kind=kind, key=key, legs=legs, at=AT, public={})


@pytest.mark.usefixtures("resolver")
def test_a_resolver_is_asked_once_for_all_of_its_codes() -> None:
    codes = ["campaign/roof/held", "campaign/roof/committed", "campaign/nobody/held", "bank", "provider/demo"]
    named = labels.named(codes * 3)
    assert asked == [sorted(code for code in codes if code.startswith("campaign/"))]
    assert named["campaign/roof/held"].title == "Held: not decided, or on its way back: Solar roof"
    assert named["campaign/roof/held"].thing == Thing("Solar roof", "/projects/roof/")
    assert named["bank"].title == "City's bank account"
    assert named["provider/demo"].title == "Payment provider: demo"


def test_the_closest_resolver_is_asked(resolver: None) -> None:
    closer = Hook("campaign/roof/", lambda codes: {code: Thing("the closer one") for code in codes})
    with labels.resolvers.temporarily(closer):
        named = labels.named(["campaign/roof/held", "campaign/x/held"])
    assert str(named["campaign/roof/held"].title).endswith("the closer one")
    assert asked == [["campaign/x/held"]]


def test_a_long_id_is_no_name() -> None:
    code = "campaign/01a205b0-3e32-746d-be89-5ab7abe458a8/held"
    assert labels.named([code])[code].title == "Held: not decided, or on its way back"


def test_every_account_of_the_books_has_words() -> None:
    """The table of accounts in docs/money.md and the chart say the same shapes."""
    from pathlib import Path

    from django.conf import settings

    table = (
        (Path(settings.BASE_DIR) / "docs" / "money.md").read_text().split("## Accounts")[1].split("## ")[0]
    )
    codes = [line.split("`")[1] for line in table.splitlines() if line.startswith("| `")]
    assert len(codes) > 10
    assert [code for code in codes if chart.shape(code) not in chart.PLACES] == []


def test_what_is_posted_has_words_1127_sa5() -> None:
    """Each kind that an operation posts under a plain name; the others are joined from these and a step."""
    from pathlib import Path

    from django.conf import settings

    files = (Path(settings.BASE_DIR) / "marketplace").glob("*/operations/*.py")
    named = {kind for file in files for kind in re.findall(r'\bkind="([a-z._-]+)"', file.read_text())}
    assert {"taken", "fund.out"} <= named
    # Kinds of events, by which operations look for what was said.
    assert named - {"pledge.reminded", "deposit.entered"} - chart.KINDS.keys() == set()


@pytest.mark.usefixtures("resolver")
def test_a_trail_is_paged_named_and_of_these_accounts_only() -> None:
    for number in range(5):
        shift(100 + number, "provider/demo", "campaign/roof/held")
        shift(100, "provider/demo", "campaign/other/held")
    shift(50, "campaign/roof/held", "campaign/roof/committed", "campaign.succeeded")
    asked.clear()
    codes = ["campaign/roof/held", "campaign/roof/committed"]
    with CaptureQueriesContext(connection) as first:
        page = trail("demo", codes, size=4)
    rest = trail("demo", codes, size=4, after=page.next)
    steps = [*page, *rest]
    assert [step.size for step in steps] == [euro(50), *(euro(104 - back) for back in range(5))]
    assert steps[0].happened == "Campaign reached its goal"
    assert [(str(one.named.title), one.amount) for one in steps[0].changes] == [
        ("Held: not decided, or on its way back: Solar roof", euro(-50)),
        ("Promised to the project: Solar roof", euro(50)),
    ]
    assert [one.account.code for one in steps[1].changes] == ["provider/demo", "campaign/roof/held"]
    assert (rest.next, len(asked), len(first)) == ("", 2, 4)
    with CaptureQueriesContext(connection) as larger:
        assert len(list(trail("demo", codes, size=100))) == 6
    assert len(larger) == len(first)
    for crooked in ("nonsense", "-1", "9" * 40, "²"):
        with pytest.raises(Invalid):
            trail("demo", codes, after=crooked)


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_no_page_of_a_trail_loses_or_repeats_an_entry(size: int) -> None:
    """Not where an entry has many legs on one account, nor where accounts have very different histories."""
    many = operations.move(euro(1), source=account("campaign/a/held"), target=account("bank")) * 5
    for number in range(4):
        shift(10, "bank", "campaign/a/held")
        operations.post(book="demo", kind="x", key=f"many{number}", legs=many, at=AT, public={})
        shift(1, "campaign/a/held", "campaign/b/held")
    shift(10, "provider/demo", "campaign/b/held")
    seen: list[Entry] = []
    after = ""
    for _ in range(40):
        page = trail("demo", ["campaign/a/held", "campaign/b/held", "bank"], after=after, size=size)
        seen += [step.entry for step in page]
        after = page.next
        if not after:
            break
    newest = Entry.objects.annotate(place=Max("postings__id")).order_by("-place")
    assert [entry.pk for entry in seen] == [entry.pk for entry in newest]


def test_a_trail_and_balances_stay_in_their_book() -> None:
    gift(5, "k")
    assert trail("live", ["held"]).steps == []
    assert queries.balances("live", ["held"]) == {}


def test_balances_of_many_are_one_statement() -> None:
    gift(500, "k")
    gift(7, "l", currency="JPY")
    with CaptureQueriesContext(connection) as captured:
        found = queries.balances("demo", ["held", "bank", "nobody"])
    assert found == {code: [euro(500), Money(7, "JPY")] for code in ("held", "bank")}
    assert len(captured) == 1


def story() -> Picture:
    """Pledges of 900, a sponsor's 500, a match of 300; 200 given back, 400 paid out of 600 released."""
    shift(900, "provider/demo", "campaign/roof/held")
    shift(500, "receivable/7", "sponsorship/s/due", "invoice")
    shift(500, "bank", "receivable/7")
    shift(500, "sponsorship/s/due", "campaign/roof/held", "invoice.paid")
    shift(1000, "bank", "fund/f/available", "fund.in")
    shift(200, "campaign/roof/held", "refund/r", "refund")
    shift(200, "refund/r", "provider/demo", "refund.done")
    shift(1200, "campaign/roof/held", "campaign/roof/committed", "campaign.succeeded")
    shift(300, "fund/f/available", "campaign/roof/committed", "match.paid")
    shift(600, "campaign/roof/committed", "campaign/roof/released", "milestone")
    shift(500, "campaign/roof/released", "bank", "payout")
    shift(100, "bank", "campaign/roof/released", "payout.returned")
    operations.link_entries()
    (drawn,) = pictures(flows("demo"))
    return drawn


def test_the_picture_says_where_money_came_from_and_where_it_is() -> None:
    picture = story()
    sources = {stream.slug: stream.amount.minor for stream in picture.sources}
    goals = {stream.slug: stream.amount.minor for stream in picture.goals}
    assert sources == {"pledges": 900, "sponsors": 500, "funds": 300}
    assert goals == {"promised": 900, "ready": 200, "paid": 400, "back": 200}
    assert picture.total == euro(1700) == euro(sum(goals.values()))


def test_what_a_sponsors_bank_took_is_not_given_back_by_the_city() -> None:
    story()
    shift(500, "campaign/roof/committed", "sponsorship/s/due", "invoice.reversed")
    shift(120, "campaign/roof/committed", "sponsorship/s/paid", "credit-note")
    operations.link_entries()
    (drawn,) = pictures(flows("demo"))
    goals = {stream.slug: stream.amount.minor for stream in drawn.goals}
    assert (goals["lost"], goals["back"]) == (500, 200 + 120)


def test_what_stands_in_each_kind_of_account_is_what_the_balances_say() -> None:
    story()
    standing = picture.totals(flows("demo"))
    totals = dict.fromkeys(standing, 0)
    for one in Account.objects.all():
        natural = queries.balance(one).minor * (1 if one.debit_normal else -1)
        if natural:
            totals[chart.shape(one.code), one.currency] += natural
    assert standing == totals
    assert sum(standing.values()) == 0


def test_flows_read_what_is_new_and_notice_another_book() -> None:
    story()
    before = flows("demo")
    with CaptureQueriesContext(connection) as captured:
        assert flows("demo") == before
    assert not any("ledger_posting" in query["sql"] for query in captured.captured_queries)
    shift(1, "provider/demo", "campaign/roof/held")
    operations.link_entries()
    ways = {(flow.debited, flow.credited): flow.amount for flow in flows("demo")}
    assert ways["provider", "campaign/held"] == euro(901)
    assert flows("live") == []


def test_an_entry_of_several_movements_keeps_them_apart() -> None:
    """An invoice is paid and its money counted in one entry: neither goes for the other."""
    legs = [
        *operations.move(euro(119), source=account("receivable/7"), target=account("bank")),
        *operations.move(euro(100), source=account("campaign/roof/held"), target=account("suspense")),
    ]
    shift(119, "receivable/7", "suspense", "invoice")
    operations.post(book="demo", kind="invoice.paid", key="both", legs=legs, at=AT, public={})
    operations.link_entries()
    ways = {(flow.debited, flow.credited) for flow in flows("demo")}
    assert ways == {("receivable", "suspense"), ("bank", "receivable"), ("suspense", "campaign/held")}


@pytest.mark.usefixtures("resolver")
def test_the_page_shows_the_picture_and_the_same_figures_in_words(client: Client) -> None:
    story()
    page = client.get("/money/").content.decode()
    for words in ("€17 for projects", "Pledges and gifts", "Given back", "Whom it is for", "Solar roof"):
        assert words in page, words
    assert page.count("<path") == 7
    assert "Held: not decided" in client.get("/money/accounts/campaign/roof/held/").content.decode()


@pytest.mark.usefixtures("resolver")
def test_a_movement_that_was_undone_says_so(client: Client) -> None:
    entry = shift(900, "provider/demo", "campaign/roof/held")
    back = operations.reverse(entry, key="back", at=AT, public={})
    page = client.get(f"/money/receipts/{back.pk}/").content.decode()
    assert "Taken back: Somebody paid" in page
    assert "It takes back this entry" in page
