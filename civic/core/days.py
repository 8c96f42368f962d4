"""Days as people and files write them."""

import re
from datetime import date

DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def iso_day(text: str) -> date:
    """The day that is written as 2026-11-20. Raises ValueError.

    `date.fromisoformat` also takes weeks (1980-W01-1) and days without dashes, which a person has seldom meant.
    """
    if not DAY.fullmatch(text):
        raise ValueError(f"{text!r} is no day like 2026-11-20")
    return date.fromisoformat(text)
