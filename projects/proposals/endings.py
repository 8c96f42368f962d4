"""What hangs on a project and follows its end: the money that higher slices raise for it.

Both functions run inside the caller's transaction. `lock` comes before the project's own lock, because whoever decides
about money locks that first and its project after it (marketplace/campaigns/locking.py).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from civic.accounts.models import Person
from civic.core.registry import Registry
from projects.proposals.models import Project


@dataclass(frozen=True)
class Dependant:
    """`ended` is told that a project was cancelled or has failed, by whom and why; doing it again changes nothing.

    Where its call was called off it was nobody.
    """

    slug: str
    lock: Callable[[Project], None]
    ended: Callable[[Project, Person | None, str, datetime], None]


dependants: Registry[Dependant] = Registry("dependant of projects")


@contextmanager
def ending(project: Project, *, actor: Person | None, reason: str, at: datetime) -> Iterator[None]:
    """Within it the project ends; what depends on it has followed before the transaction is over."""
    with transaction.atomic():
        for dependant in dependants:
            dependant.lock(project)
        yield
        for dependant in dependants:
            dependant.ended(project, actor, reason, at)
