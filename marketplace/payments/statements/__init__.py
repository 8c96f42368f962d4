"""Bank statements as files: read whole or not at all (docs/adr/0023-payments.md says why by a reader of our own)."""

import hashlib
from datetime import date

from marketplace.payments.statements.camt import read_camt
from marketplace.payments.statements.lines import BadStatement, ReadLine, ReadStatement, check_days
from marketplace.payments.statements.table import read_csv

LARGEST = 10 * 1024 * 1024


def read(content: bytes, today: date, ours: str = "") -> ReadStatement:
    """A CAMT.053 or CSV statement of today or before; of several accounts in a file, what is said of `ours`.

    Raises BadStatement, which says where and what, for anything doubtful.
    """
    if len(content) > LARGEST:
        raise BadStatement("The file is larger than 10 MB.")
    found = (
        read_camt(content, ours)
        if content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<")
        else read_csv(content)
    )
    if not found.lines and not found.closing:
        raise BadStatement("There is no booked movement in the file.")
    check_days(found, today)
    return found


def fingerprint(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
