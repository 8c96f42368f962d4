"""Makes an agreement and its grant, in the transaction of what both follow from."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from guardian.shortcuts import assign_perm, remove_perm

from civic.accounts.models import Person
from civic.core import events, ids
from civic.core.errors import Conflict
from datasets.access import odrl
from datasets.access.models import AccessRequest, Agreement, Grant, Policy
from datasets.access.odrl import Deal
from datasets.access.states import GrantState
from datasets.access.vocabularies import Basis
from datasets.catalogue.permissions import Scope

MIRROR = "catalogue.read_rows"


def give(
    deal: Deal, *, basis: Basis, by: Person | None, at: datetime, request: AccessRequest | None = None
) -> Grant:
    """The grant with the agreement that it is of, told to the log before each is written. Raises Conflict."""
    # What the city has suspended comes back by the city alone, however it is asked for anew.
    party = Q(person=deal.person)
    if deal.organisation is not None:
        party |= Q(organisation=deal.organisation)
    if Grant.objects.filter(party, dataset=deal.dataset, held=True).exists():
        raise Conflict(_("The city has suspended this access: nobody else can give it again."))
    expires_at = at + timedelta(days=deal.days)
    # The preview comes with every scope.
    deal = replace(deal, scopes=[one.value for one in Scope if one == Scope.PREVIEW or one in deal.scopes])
    parties: dict[str, Any] = {
        "dataset": deal.dataset,
        "person": deal.person,
        "organisation": deal.organisation,
    }
    key, terms = ids.new_id(), Policy.of(deal.dataset).terms
    text = odrl.document(deal, key=key, terms=terms, agreed_at=at, expires_at=expires_at)
    agreement = Agreement(
        **parties,
        pk=key,
        request=request,
        basis=basis,
        purpose=deal.purpose,
        document=text,
        digest=odrl.digest(text),
        agreed_at=at,
    )
    events.record("agreement.made", actor=by, subject=agreement, at=at)
    agreement.save(force_insert=True)
    grant = Grant(
        **parties,
        agreement=agreement,
        basis=basis,
        purpose=deal.purpose,
        scopes=deal.scopes,
        granted_at=at,
        expires_at=expires_at,
        state_since=at,
    )
    told = {"basis": basis.value, "scopes": deal.scopes, "expires_at": expires_at.isoformat()}
    events.record("grant.given", actor=by, subject=grant, at=at, payload=told)
    grant.save(force_insert=True)
    mirror(grant)
    return grant


def mirror(grant: Grant) -> None:
    """Gives or takes the object permission that says the same to whoever asks django-guardian; reads never do.

    Of grants of persons alone: who belongs to an organisation changes without a grant's step.
    """
    if grant.person is None or grant.organisation_id is not None:
        return
    live = Grant.objects.filter(
        dataset=grant.dataset_id, person=grant.person_id, organisation=None, state=GrantState.ACTIVE
    )
    change = assign_perm if live.exists() else remove_perm
    change(MIRROR, grant.person, grant.dataset)
