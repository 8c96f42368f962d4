"""An invoice as XML by EN 16931 (Cross Industry Invoice), and that XML inside its PDF as Factur-X 1.0.

drafthorse builds the XML and checks it against the official schema. typst embeds it; what a reader of Factur-X looks
for besides are four properties in the PDF's metadata, which are drafthorse's as well.
"""

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from drafthorse.models.accounting import ApplicableTradeTax
from drafthorse.models.document import Document
from drafthorse.models.note import IncludedNote
from drafthorse.models.party import TaxRegistration, TradeParty
from drafthorse.models.payment import PaymentMeans, PaymentTerms
from drafthorse.models.tradelines import LineItem
from drafthorse.xmp_schema import XMP_SCHEMA
from pypdf import PdfReader, PdfWriter

from civic.core.money import Money, decimals
from marketplace.invoicing.models import Invoice
from marketplace.invoicing.vat import explained

NAME = "factur-x.xml"
URN = "urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#"
# EN 16931 knows amounts of two decimals at most; currencies with three need the extended profile.
PROFILES = {
    "EN 16931": ("urn:cen.eu:en16931:2017", "FACTUR-X_EN16931"),
    "EXTENDED": ("urn:cen.eu:en16931:2017#conformant#urn:factur-x.eu:1p0:extended", "FACTUR-X_EXTENDED"),
}
# UNTDID 1001, UNTDID 4461, UN/ECE Rec 20 and ISO 6523 as EN 16931 uses them.
INVOICE, CREDIT_NOTE = "380", "381"
SEPA_TRANSFER, TRANSFER = "58", "30"
LUMP_SUM = "LS"
BY_EMAIL = "EM"
EXEMPTION = {Invoice.VatCategory.REVERSE: "VATEX-EU-AE"}


def profile_of(currency: str) -> str:
    """The smallest profile that can say amounts of this currency exactly."""
    return "EN 16931" if decimals(currency) <= 2 else "EXTENDED"


def xml_of(invoice: Invoice) -> bytes:
    """The XML of an invoice or credit note, valid by its profile's schema; amounts of a credit note are positive."""
    guideline, schema = PROFILES[profile_of(invoice.currency)]
    made = Document()
    made.context.guideline_parameter.id = guideline
    _head(made, invoice)
    _parties(made, invoice)
    made.trade.items.add(_line(invoice))
    made.trade.delivery.event.occurrence = invoice.issued_on
    _settlement(made, invoice)
    return bytes(made.serialize(schema=schema))


def _amount(invoice: Invoice, minor: int) -> Decimal:
    return Money(abs(minor), invoice.currency).major


def _percent(invoice: Invoice) -> Decimal:
    return Decimal(invoice.vat_rate_bp) / 100


def _head(made: Document, invoice: Invoice) -> None:
    made.header.id = invoice.number
    made.header.type_code = CREDIT_NOTE if invoice.is_credit_note else INVOICE
    made.header.issue_date_time = invoice.issued_on
    for text in filter(None, (invoice.reason, explained(invoice.vat_category))):
        note = IncludedNote()
        note.content = text
        made.header.notes.add(note)


def _parties(made: Document, invoice: Invoice) -> None:
    agreement = made.trade.agreement
    _party(agreement.seller, invoice.seller)
    _party(agreement.buyer, invoice.buyer)
    if invoice.purchase_order:
        agreement.buyer_order.issuer_assigned_id = invoice.purchase_order


def _party(party: TradeParty, facts: dict[str, str]) -> None:
    party.name = facts["name"]
    party.address.line_one = facts["street"]
    party.address.postcode = facts["postcode"]
    party.address.city_name = facts["city"]
    party.address.country_id = facts["country"]
    party.electronic_address.uri_ID = (BY_EMAIL, facts["email"])
    if facts["vat_id"]:
        party.tax_registrations.add(TaxRegistration(id=("VA", facts["vat_id"])))


def _line(invoice: Invoice) -> LineItem:
    net = _amount(invoice, invoice.net_minor)
    line = LineItem()
    line.document.line_id = "1"
    line.product.name = invoice.line
    line.agreement.net.amount = net
    line.delivery.billed_quantity = (Decimal(1), LUMP_SUM)
    line.settlement.trade_tax.type_code = "VAT"
    line.settlement.trade_tax.category_code = invoice.vat_category
    line.settlement.trade_tax.rate_applicable_percent = _percent(invoice)
    line.settlement.monetary_summation.total_amount = net
    return line


def _settlement(made: Document, invoice: Invoice) -> None:
    settlement = made.trade.settlement
    settlement.payment_reference = invoice.reference or invoice.number
    settlement.currency_code = invoice.currency
    if invoice.reference:
        settlement.payment_means.add(_transfer(invoice))
    settlement.trade_tax.add(_tax(invoice))
    if invoice.corrects:
        settlement.invoice_referenced_document.issuer_assigned_id = invoice.corrects.number
    else:
        settlement.terms.add(_terms(invoice.due_on))
    _sums(made, invoice)


def _transfer(invoice: Invoice) -> PaymentMeans:
    means = PaymentMeans()
    means.type_code = SEPA_TRANSFER if invoice.currency == "EUR" else TRANSFER
    means.payee_account.iban = settings.BANK_ACCOUNT.replace(" ", "")
    means.payee_account.account_name = settings.BANK_HOLDER or invoice.seller["name"]
    return means


def _tax(invoice: Invoice) -> ApplicableTradeTax:
    tax = ApplicableTradeTax()
    tax.calculated_amount = _amount(invoice, invoice.vat_minor)
    tax.type_code = "VAT"
    tax.exemption_reason = explained(invoice.vat_category)
    tax.basis_amount = _amount(invoice, invoice.net_minor)
    tax.category_code = invoice.vat_category
    tax.exemption_reason_code = EXEMPTION.get(Invoice.VatCategory(invoice.vat_category), "")
    tax.rate_applicable_percent = _percent(invoice)
    return tax


def _terms(due_on: date) -> PaymentTerms:
    terms = PaymentTerms()
    terms.description = _("Please pay by %(day)s.") % {"day": due_on.isoformat()}
    terms.due = due_on
    return terms


def _sums(made: Document, invoice: Invoice) -> None:
    net, vat = _amount(invoice, invoice.net_minor), _amount(invoice, invoice.vat_minor)
    gross = _amount(invoice, invoice.gross_minor)
    sums = made.trade.settlement.monetary_summation
    sums.line_total = net
    sums.charge_total = sums.allowance_total = Decimal(0)
    sums.tax_basis_total = net
    sums.tax_total = (vat, invoice.currency)
    sums.grand_total = gross
    sums.due_amount = gross


def declare(pdf: bytes, currency: str) -> bytes:
    """The PDF, whose metadata say that the XML in it is the invoice: everything else stays as typst wrote it."""
    reader = PdfReader(BytesIO(pdf))
    writer = PdfWriter(clone_from=reader)
    writer.pdf_header = reader.pdf_header
    stands: Any = writer.root_object["/Metadata"].get_object()
    writer.xmp_metadata = _described(stands.get_data(), currency)
    written = BytesIO()
    writer.write(written)
    return written.getvalue()


def _described(xmp: bytes, currency: str) -> bytes:
    """The metadata with the Factur-X schema among the schemas that typst lists, and its four values behind them."""
    theirs = XMP_SCHEMA.format(
        title="",
        author="",
        subject="",
        producer="",
        creator_tool="",
        timestamp="",
        urn=URN,
        documenttype="INVOICE",
        xml_filename=NAME,
        version="1.0",
        xmp_level=profile_of(currency),
    )
    schema = _between(theirs, '<rdf:li rdf:parseType="Resource">', "</rdf:Bag>")
    values = _between(theirs, "<rdf:Description xmlns:fx", "</rdf:RDF>")
    return _before(_before(xmp, b"</rdf:Bag></pdfaExtension:schemas>", schema), b"</rdf:RDF>", values)


def _between(text: str, start: str, end: str) -> str:
    """From the first `start` to the first `end` after it."""
    place = text.index(start)
    return text[place : text.index(end, place)]


def _before(data: bytes, mark: bytes, more: str) -> bytes:
    """The data with more of them before a mark. Raises ValueError where the mark is missing."""
    place = data.index(mark)
    return data[:place] + more.encode() + data[place:]
