"""The public pages of the ledger and its open data, for somebody who does not sign in."""

import csv
import html
import json
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from civic.core.money import Money
from marketplace.ledger import operations, queries, verify
from marketplace.ledger.models import Account, Entry, RootSubscriber
from tests.ledger.conftest import AT, gift

pytestmark = pytest.mark.django_db


def read(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    body = b"".join(response) if response.streaming else response.content  # type: ignore[arg-type]
    return body.decode()


def test_nothing_yet_invites(client: Client) -> None:
    assert "No money has moved yet" in read(client, "/money/")
    assert "No day is closed yet" in read(client, "/money/verify/")
    assert json.loads(read(client, "/money/ledger/export/").splitlines()[-1])["entries"] == 0


def test_the_one_line_to_paste_fetches_both_files_and_checks(client: Client, tmp_path: Path) -> None:
    """As pasted, with the site's address behind it answered by files."""
    gift(1250, "a")
    operations.link_entries()
    page = html.unescape(read(client, "/money/verify/"))
    line = page.partition('<code id="one-line">')[2].partition("</code>")[0]
    for address in re.findall(r"http://localhost:8000(\S+)", line):
        served = tmp_path / address.strip("/").replace("/", "-")
        served.write_text(read(client, address), encoding="utf-8")
        line = line.replace(f"http://localhost:8000{address} ", f"file://{served} ")
    done = subprocess.run(line, shell=True, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("1 entries, 2 accounts with postings: all holds\n")


def test_the_ledger_shows_entries_and_balances(client: Client) -> None:
    gift(1250, "a")
    page = read(client, "/money/")
    assert "gift" in page
    assert "€12.50" in page
    assert "/money/accounts/held/" in page
    assert "invented money" in page


def test_other_books_are_not_shown(client: Client) -> None:
    legs = operations.move(
        Money(77700, "EUR"),
        source=operations.account("live", "secret", "EUR", "Q"),
        target=operations.account("live", "bank", "EUR", "A"),
    )
    entry = operations.post(book="live", kind="gift", key="x", legs=legs, at=AT, public={})
    assert "777" not in read(client, "/money/") + read(client, "/money/ledger/export/") + read(
        client, "/api/v1/ledger/"
    )
    assert client.get(f"/money/receipts/{entry.pk}/").status_code == 404
    assert client.get("/money/accounts/secret/").status_code == 404


def test_filters_and_pages_reach_every_entry_once(client: Client) -> None:
    for number in range(30):
        gift(number + 1, f"k{number}", code="campaign/one/held" if number % 2 else "held")
    seen: list[str] = []
    after = ""
    while True:
        response = client.get("/money/", {"after": after})
        seen += [str(step.entry.pk) for step in response.context["steps"]]
        if not response.context["next"]:
            break
        after = parse_qs(urlsplit(response.context["next"]).query)["after"][0]
    assert len(seen) == len(set(seen)) == 30
    assert seen == sorted(seen, reverse=True)
    assert len(client.get("/money/", {"account": "campaign/"}).context["steps"]) == 15
    assert len(client.get("/money/", {"account": "held"}).context["steps"]) == 15
    assert len(client.get("/money/", {"account": "held", "kind": "gift"}).context["steps"]) == 15
    assert "Nothing fits" in read(client, "/money/?account=nobody")


@pytest.mark.parametrize(
    "query", ["after=nonsense", "kind=unknown", "account=%00", "currency=XXX", "after=WyIxIiwgIjEiXQ=="]
)
def test_a_crooked_address_is_no_error_of_ours(client: Client, query: str) -> None:
    gift(1, "k")
    for page in ("/money/", "/money/accounts/held/", "/money/verify/", "/api/v1/ledger/"):
        assert client.get(f"{page}?{query}").status_code < 500, page


def test_an_account_shows_its_history_and_curve(client: Client) -> None:
    gift(1250, "a", code="campaign/x/held")
    page = read(client, "/money/accounts/campaign/x/held/")
    assert "€12.50" in page
    assert "cannot be taken out: the database refuses it" in page
    assert "line-chart" in page
    gift(1250, "b", code="campaign/x/held", currency="JPY")
    assert "¥1,250" in read(client, "/money/accounts/campaign/x/held/?currency=JPY")
    assert client.get("/money/accounts/nobody/").status_code == 404


def test_the_curve_goes_back_from_the_balance() -> None:
    gift(500, "a")
    held = Account.objects.get(code="held")
    at = AT + timedelta(days=2)
    days = queries.daily_balances(held, balance=queries.balance(held), at=at)
    assert [money.minor for _, money in days][-4:] == [0, 500, 500, 500]
    assert len(days) == queries.CHART_DAYS


def test_the_curve_has_days_of_the_city_1127_ay13(settings: Any) -> None:
    """Paid in the night after 1 March in Auckland, and seen in the evening of the third."""
    settings.TIME_ZONE = "Pacific/Auckland"
    gift(500, "a")
    held = Account.objects.get(code="held")
    days = queries.daily_balances(
        held, balance=queries.balance(held), at=datetime(2026, 3, 3, 10, 59, tzinfo=UTC)
    )
    assert [money.minor for _, money in days][-4:] == [0, 0, 500, 500]


def test_a_receipt_is_proof_after_the_day(client: Client) -> None:
    entry = gift(1250, "a")
    assert "The proof comes tomorrow" in read(client, f"/money/receipts/{entry.pk}/")
    assert client.get(f"/money/receipts/{entry.pk}.json").status_code == 404
    root = operations.close_day(book="demo", day=AT.date())
    assert root is not None
    assert root.hex in read(client, f"/money/receipts/{entry.pk}/")
    proof = json.loads(read(client, f"/money/receipts/{entry.pk}.json"))
    assert verify.root_from_proof(proof["hash"], proof["place"], proof["size"], proof["proof"]) == root.hex


def test_what_is_downloaded_checks_what_is_downloaded(client: Client, tmp_path: Path) -> None:
    for number in range(5):
        gift(number + 1, f"k{number}")
    operations.close_day(book="demo", day=AT.date())
    for name, address in (
        ("ledger.jsonl", "/money/ledger/export/"),
        ("verify.py", "/money/verify/verify.py"),
    ):
        (tmp_path / name).write_text(read(client, address), encoding="utf-8")
    command = [sys.executable, "-I", "-S", "verify.py", "ledger.jsonl"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, "all holds" in done.stdout) == (0, True), done.stderr


def test_open_data_is_the_same_money(client: Client) -> None:
    for number in range(60):
        gift(number + 1, f"k{number}")
    first = json.loads(read(client, "/api/v1/ledger/"))
    second = client.get(first["next"]).json()
    assert len({entry["id"] for entry in first["results"] + second["results"]}) == 60
    assert second["next"] is None
    rows = list(csv.DictReader(read(client, "/api/v1/ledger/postings.csv").splitlines()))
    assert len(rows) == 120
    assert sum(int(row["amount_minor"]) for row in rows) == 0


@pytest.mark.parametrize(
    "path",
    [
        "/money/",
        "/money/?account=held",
        "/money/accounts/held/",
        "/money/verify/",
        "/api/v1/ledger/",
        "receipt",
    ],
)
def test_the_number_of_statements_does_not_grow(client: Client, path: str) -> None:
    counts = []
    for size in (3, 23):
        for number in range(size):
            gift(number + 1, f"{size}.{number}")
        operations.close_day(book="demo", day=AT.date() + timedelta(days=size))
        address = f"/money/receipts/{Entry.objects.order_by('id')[0].pk}/" if path == "receipt" else path
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            read(client, address)
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 8, counts


def test_subscribing_needs_the_owner_of_the_address(client: Client) -> None:
    from civic.accounts.models import Mail

    for _ in range(3):
        response = client.post("/money/roots/subscribe/", {"address": "Ada@Example.org"})
        assert "Look into your mail" in response.content.decode()
    mail = Mail.objects.get()
    assert mail.address == "ada@example.org"
    path = next(line for line in mail.text.splitlines() if "/confirm/" in line).split("8000")[-1]
    read(client, path)
    assert RootSubscriber.objects.get().confirmed_at is None  # looking at a link confirms nothing
    assert "Confirmed" in client.post(path).content.decode()
    assert RootSubscriber.objects.get().confirmed_at is not None


def test_a_wrong_address_is_said_and_a_forged_link_is_nothing(client: Client) -> None:
    assert client.post("/money/roots/subscribe/", {"address": "ada"}).status_code == 422
    for verb in ("confirm", "stop"):
        assert client.get(f"/money/roots/{verb}/forged/").status_code == 404
