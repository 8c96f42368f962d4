"""A statement as CSV: one heading line with these names, then one line a movement, dates and amounts as ISO has them.

account,booked_on,amount,currency,reference,text,name,iban,bank_reference
"""

import csv
import io

from civic.core.money import decimals
from marketplace.payments.references import compact_iban
from marketplace.payments.statements.lines import BadStatement, ReadLine, ReadStatement, day, exact, stated

NEEDED = ["account", "booked_on", "amount", "currency"]
MORE = {"reference": 35, "text": 500, "name": 140, "iban": 34, "bank_reference": 120}


def read_csv(content: bytes) -> ReadStatement:
    """The file as a statement; comma or semicolon. Raises BadStatement with the number of the bad line."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadStatement("The file is not in UTF-8.") from error
    if "\0" in text:
        # The csv module takes it, PostgreSQL does not.
        raise BadStatement(
            f"Line {text[: text.index(chr(0))].count(chr(10)) + 1}: a character of no text (NUL)."
        )
    # Some programs end lines by a carriage return alone, which the csv module does not know.
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    heading = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text), delimiter=";" if ";" in heading else ",", strict=True)
    try:
        rows = [(reader.line_num, row) for row in reader if row]
    except csv.Error as error:
        raise BadStatement(f"Line {reader.line_num}: {error}.") from error
    names = [name.strip().lower() for name in rows[0][1]] if rows else []
    _check_heading(names)
    read = [_row(names, row, number) for number, row in rows[1:]]
    if len({(account, line.amount.currency) for account, line in read}) > 1:
        raise BadStatement("The lines are of several accounts or currencies.")
    account, currency = (read[0][0], read[0][1].amount.currency) if read else ("", "")
    return ReadStatement("csv", account, currency, [line for _account, line in read])


def _check_heading(names: list[str]) -> None:
    missing = [name for name in NEEDED if name not in names]
    unknown = [name for name in names if name not in NEEDED and name not in MORE]
    wrong = {
        "missing": missing,
        "not known": unknown,
        "twice there": sorted({name for name in names if names.count(name) > 1}),
    }
    told = [f"{', '.join(which)} {what}" for what, which in wrong.items() if which]
    if told:
        raise BadStatement(f"Line 1 names the columns: {'; '.join(told)}.")


def _row(names: list[str], row: list[str], number: int) -> tuple[str, ReadLine]:
    where = f"Line {number}"
    if len(row) != len(names):
        raise BadStatement(f"{where}: {len(row)} columns instead of {len(names)}.")
    data = {name: cell.strip() for name, cell in zip(names, row, strict=True)}
    amount = exact(data["amount"], data["currency"], where)
    if len(data["amount"].partition(".")[2]) > decimals(data["currency"]):
        # 1.000 is a thousand to some who write it, and one to others.
        raise BadStatement(f"{where}: {data['amount']!r} has more decimals than {data['currency']}.")
    account = data["account"].replace(" ", "").upper()
    if not amount or not account:
        raise BadStatement(f"{where}: no account, or an amount of nothing.")
    more = {name: data.get(name, "") for name in MORE}
    if len(more["reference"]) > MORE["reference"]:
        # Ours may stand at its end: it is looked for in the text, too.
        more["text"] = f"{more['reference']} {more['text']}"
    more["bank_reference"] = stated(more["bank_reference"])
    more["iban"] = compact_iban(more["iban"])
    kept = {name: more[name][:longest] for name, longest in MORE.items()}
    return account, ReadLine(day(data["booked_on"], where), amount, **kept)  # type: ignore[arg-type]
