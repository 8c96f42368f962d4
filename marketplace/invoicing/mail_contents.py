"""The letter with an invoice's PDF, which is made when it is sent."""

from dataclasses import replace
from datetime import datetime

from civic.accounts import mail
from civic.accounts.letters import Attachment, Letter, typeset
from civic.accounts.models import Mail
from civic.core.registry import Hook
from marketplace.invoicing.models import Invoice
from marketplace.invoicing.operations.documents import MIME, document_of


def invoice(letter: Mail, at: datetime) -> Letter:
    """The letter and the PDF; never made in the transaction that issues the invoice, which holds its series' lock."""
    about = Invoice.objects.get(pk=str(letter.about))
    document = Attachment(f"{about.number}.pdf", bytes(document_of(about, at=at).content), MIME)
    return replace(typeset(letter.subject, letter.text), attachments=(document,))


mail.contents.register(Hook("invoice", invoice))
