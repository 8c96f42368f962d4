"""Letters as PDF: receipts, yearly statements, invoices. One look (`letter.typ`), one verb:

    render(template, data, *, standards=STANDARDS, attachments=()) -> bytes

`template` is the path of a typst file that begins with `#import "letter.typ": *` and reads `json("data.json")`; it need
not lie in this folder. `data` is what JSON can hold and has at least the keys that `letter.typ` names; `frame()`
fills those that are always the same. Nothing that people typed is ever part of a template.
"""

from marketplace.payments.documents.papers import number_of, provider_label, receipt_pdf, year_pdf
from marketplace.payments.documents.rendering import Attachment, frame, render
