"""The PDF of an invoice: its XML is valid and says the same amounts as the row; the PDF stays as it was made."""

import hashlib
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from drafthorse.utils import validate_xml
from lxml import etree
from pypdf import PdfReader

from civic.core.money import Money
from marketplace.invoicing import facturx
from marketplace.invoicing.models import Invoice, InvoiceDocument
from marketplace.invoicing.operations import documents
from projects.proposals.models import Project
from tests.factories import calls, campaigns, sponsors
from tests.factories.sponsors import AT

pytestmark = pytest.mark.django_db
RAM = {
    "ram": "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100",
    "rsm": "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100",
}


def pdf(invoice: Invoice) -> PdfReader:
    return PdfReader(BytesIO(bytes(documents.document_of(invoice, at=AT).content)))


def xml_in(reader: PdfReader) -> etree._Element:
    """The invoice that a program finds in the PDF, valid by the schema of the profile that it names."""
    (content,) = reader.attachments[facturx.NAME]
    found = etree.fromstring(content)
    (guideline,) = said(found, "GuidelineSpecifiedDocumentContextParameter/ram:ID")
    (schema,) = [schema for named, schema in facturx.PROFILES.values() if named == guideline]
    validate_xml(content, schema)
    return found


def said(document: etree._Element, path: str) -> list[str]:
    """The texts at a path, wherever it begins."""
    return [str(found.text) for found in document.iterfind(f".//ram:{path}", RAM)]


def text_of(reader: PdfReader) -> str:
    """What a person reads, blanks of all kinds made plain."""
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def in_currency(currency: str, amount: int, **fields: Any) -> Invoice:
    project = campaigns.funding_project(call=calls.call("funding", currency=currency, at=AT), at=AT)
    campaign = sponsors.campaign(
        {"amount_minor": amount},
        project=project,
        goal_minor=amount * 4,
        pledge_min_minor=1,
        currency=currency,
    )
    return sponsors.invoiced(campaign, **fields)


def assert_same(invoice: Invoice, document: etree._Element) -> None:
    """Every amount of the XML is the row's, to the last minor unit."""
    net, vat, gross = (
        str(Money(abs(minor), invoice.currency).major)
        for minor in (invoice.net_minor, invoice.vat_minor, invoice.gross_minor)
    )
    amounts = {
        "ChargeAmount": [net],
        "LineTotalAmount": [net, net],
        "BasisAmount": [net],
        "TaxBasisTotalAmount": [net],
        "CalculatedAmount": [vat],
        "TaxTotalAmount": [vat],
        "GrandTotalAmount": [gross],
        "DuePayableAmount": [gross],
        "InvoiceCurrencyCode": [invoice.currency],
        "CategoryCode": [invoice.vat_category] * 2,
    }
    assert {name: said(document, name) for name in amounts} == amounts
    assert {Decimal(rate) * 100 for rate in said(document, "RateApplicablePercent")} == {invoice.vat_rate_bp}
    (total,) = document.iterfind(".//ram:TaxTotalAmount", RAM)
    assert total.get("currencyID") == invoice.currency


def test_the_xml_in_the_pdf_says_what_the_row_says() -> None:
    invoice = sponsors.invoiced(sponsors.campaign({"amount_minor": 1_000_01}))
    reader = pdf(invoice)
    document = xml_in(reader)
    assert_same(invoice, document)
    assert document.findtext("rsm:ExchangedDocument/ram:ID", namespaces=RAM) == invoice.number
    assert said(document, "TypeCode")[0] == "380"
    assert said(document, "BuyerOrderReferencedDocument/ram:IssuerAssignedID") == ["PO-4711"]
    assert said(document, "PaymentReference") == [invoice.reference]
    shown = text_of(reader)
    for words in (
        invoice.number,
        "€1,000.01",
        "€190.00",
        "€1,190.01",
        "PO-4711",
        "Harbour Works GmbH",
        "DE123456788",
    ):
        assert words in shown, words


@pytest.mark.parametrize(
    ("currency", "amount", "shown", "profile"),
    [("JPY", 1_000, "¥1,190", "EN 16931"), ("KWD", 1_000_005, "1,190.006", "EXTENDED")],
)
def test_currencies_without_and_with_three_decimals(
    currency: str, amount: int, shown: str, profile: str
) -> None:
    invoice = in_currency(currency, amount)
    reader = pdf(invoice)
    assert_same(invoice, xml_in(reader))
    assert shown in text_of(reader)
    assert f"<fx:ConformanceLevel>{profile}<" in xmp_of(reader)


def xmp_of(reader: PdfReader) -> str:
    metadata: Any = reader.trailer["/Root"]["/Metadata"]  # type: ignore[index]
    return str(metadata.get_object().get_data().decode())


def test_the_pdf_is_factur_x_and_still_tagged_and_archivable() -> None:
    reader = pdf(sponsors.invoiced())
    xmp, root = xmp_of(reader), reader.trailer["/Root"]
    for said in (
        "<fx:DocumentFileName>factur-x.xml<", "<fx:DocumentType>INVOICE<", "<fx:ConformanceLevel>EN 16931<",
        "<pdfaid:part>3<", "<pdfuaid:part>1<", f"<pdfaSchema:namespaceURI>{facturx.URN}<",
    ):  # fmt: skip
        assert xmp.count(said) == 1, said
    assert xmp.count("<pdfaExtension:schemas>") == 1
    (attached,) = root["/AF"]  # type: ignore[index]
    assert attached.get_object()["/AFRelationship"] == "/Alternative"
    assert {"/StructTreeRoot", "/MarkInfo", "/OutputIntents", "/Lang"} <= set(root)  # type: ignore[call-overload]


def test_a_credit_note_names_its_invoice_with_positive_amounts() -> None:
    invoice = sponsors.invoiced()
    note = sponsors.credited(invoice)
    reader = pdf(note)
    document = xml_in(reader)
    assert_same(note, document)
    assert said(document, "TypeCode")[0] == "381"
    assert said(document, "InvoiceReferencedDocument/ram:IssuerAssignedID") == [invoice.number]
    assert "A mistake of ours." in text_of(reader)
    assert "How to pay" not in text_of(reader)


def test_reverse_charge_says_so_in_both() -> None:
    invoice = sponsors.invoiced(billing=sponsors.billing(country="FR", vat_id="FR40303265045"))
    reader = pdf(invoice)
    document = xml_in(reader)
    assert_same(invoice, document)
    assert said(document, "ExemptionReasonCode") == ["VATEX-EU-AE"]
    assert "Reverse charge" in text_of(reader)


def test_the_document_is_made_once_and_kept_with_its_digest() -> None:
    invoice = sponsors.invoiced()
    first = documents.document_of(invoice, at=AT)
    sponsors.issuer(name="City of Elsewhere")
    Project.objects.update(title="Renamed")
    again = documents.document_of(Invoice.objects.get(pk=invoice.pk), at=AT)
    assert (again.pk, bytes(again.content)) == (first.pk, bytes(first.content))
    assert first.digest == hashlib.sha256(bytes(first.content)).hexdigest()
    assert InvoiceDocument.objects.count() == 1


def test_names_that_try_to_be_markup_stay_text() -> None:
    name = "#panic() $x$ </rdf:RDF> <script> & Söhne"
    invoice = sponsors.invoiced(billing=sponsors.billing(name=name))
    reader = pdf(invoice)
    assert said(xml_in(reader), "BuyerTradeParty/ram:Name") == [name]
    assert "#panic()" in text_of(reader)
