"""What the bank is told to send: an ISO 20022 customer credit transfer (pain.001.001.09, SEPA), through sepaxml.

sepaxml gives each file a number and moment of its own; ours are those of the order, so that fetching it again gives the
same order, which a bank carries out once.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree.ElementTree import SubElement

from defusedxml import ElementTree
from django.conf import settings
from django.utils.timezone import localtime
from sepaxml import SepaTransfer
from sepaxml.validation import try_valid_xml
from text_unidecode import unidecode

from civic.core.money import Money
from marketplace.payments.models import BankOrder
from marketplace.payments.providers.bank import CURRENCY
from marketplace.payments.references import is_reached

SCHEMA = "pain.001.001.09"
NAMESPACE = f"{{urn:iso:std:iso:20022:tech:xsd:{SCHEMA}}}"
# The letters that every bank in the SEPA takes (EPC 217-08).
# Of one payment, in cents (EPC 217-08, AT-T002).
MOST = 99_999_999_999
OTHERS = re.compile(r"[^A-Za-z0-9/\-?:().,'+ ]+")


@dataclass(frozen=True)
class CreditTransfer:
    """One payment: `reference` comes back on the statement as its end-to-end id."""

    reference: str
    amount: Money
    name: str
    iban: str
    text: str

    @property
    def is_sendable(self) -> bool:
        """Whether it names somebody and an account, and is no more than one SEPA payment may be."""
        return bool(plain(self.name) and is_reached(self.iban) and self.amount.minor <= MOST)


def plain(text: str) -> str:
    """In the letters that every bank takes."""
    return " ".join(OTHERS.sub(" ", unidecode(text)).split())


def file_of(order: BankOrder, transfers: Iterable[CreditTransfer]) -> bytes:
    """The file for the bank. The same order gives the same file. Raises ValidationError where it breaks the schema."""
    config = {
        "name": plain(settings.BANK_HOLDER)[:70],
        "IBAN": order_account(),
        "batch": True,
        "currency": CURRENCY,
    }
    payments = SepaTransfer(config, schema=SCHEMA, clean=True)
    for transfer in transfers:
        payments.add_payment(
            {
                "name": plain(transfer.name)[:70],
                "IBAN": transfer.iban,
                "amount": transfer.amount.minor,
                "execution_date": order.send_on,
                "description": plain(transfer.text)[:140],
                "endtoend_id": transfer.reference,
            }
        )
    content = _numbered(order, payments.export(validate=False))
    try_valid_xml(content, SCHEMA)
    return content


def order_account() -> str:
    """The city's account without spaces."""
    return settings.BANK_ACCOUNT.replace(" ", "")


def _numbered(order: BankOrder, content: bytes) -> bytes:
    root = ElementTree.fromstring(content)
    own = {
        "MsgId": order.reference,
        "PmtInfId": order.reference,
        "CreDtTm": localtime(order.created_at).isoformat(timespec="seconds"),
    }
    for name, text in own.items():
        for element in root.iter(f"{NAMESPACE}{name}"):
            element.text = text
    # An IBAN says which bank it is; the schema wants to be told that nothing more is.
    for bank in root.iter(f"{NAMESPACE}FinInstnId"):
        if not len(bank):
            SubElement(SubElement(bank, f"{NAMESPACE}Othr"), f"{NAMESPACE}Id").text = "NOTPROVIDED"
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))
