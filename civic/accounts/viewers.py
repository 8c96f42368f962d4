"""Who looks at a page, as far as the SQL of its statement depends on it; see civic.core.compiled."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser

from civic.accounts import groups
from civic.accounts.models import Person
from civic.accounts.roles import Actor, in_group


@dataclass(frozen=True)
class ViewerKind:
    """Everything but their id that a query may know of a viewer."""

    authenticated: bool = False
    active: bool = False
    staff: bool = False
    superuser: bool = False
    groups: frozenset[str] = frozenset()

    @classmethod
    def of(cls, actor: Any) -> "ViewerKind":
        """The kind of this viewer. One statement for staff whose groups nobody has read yet, none for others."""
        if not actor.is_authenticated:
            return cls()
        belongs = frozenset(name for name in groups.ALL if in_group(actor, name))
        return cls(True, actor.is_active, actor.is_staff, actor.is_superuser, belongs)

    def stand_in(self, key: UUID | None) -> Actor:
        """Somebody of this kind with this id. Reading anything else of them raises, as a query that is kept may
        depend on nothing else: a column that is not loaded asks the database, which `CompiledQuery` refuses.
        """
        if not self.authenticated:
            return AnonymousUser()
        known = {"id": key, "is_active": self.active, "is_staff": self.staff, "is_superuser": self.superuser}
        # `from_db` takes values in the order of the model's fields.
        names = [field.attname for field in Person._meta.concrete_fields if field.attname in known]
        made = Person.from_db(None, names, [known[name] for name in names])
        made.__dict__["group_names"] = self.groups
        return made
