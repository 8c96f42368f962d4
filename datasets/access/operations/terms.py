"""What a dataset asks of its readers."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from civic.accounts.models import Person
from civic.core import events
from civic.core.errors import Invalid
from civic.core.policies import require
from datasets.access.models import Policy
from datasets.access.models.policy import LONGEST_DAYS
from datasets.catalogue.models import Dataset
from datasets.catalogue.operations.datasets import locked

COLUMNS = ["terms", "questions", "longest_days"]
LONGEST_TERMS, MOST_QUESTIONS, LONGEST_QUESTION = 4000, 5, 200


def set_terms(
    *, actor: Person, dataset: Dataset, terms: str, questions: list[str], longest_days: int, at: datetime
) -> Policy:
    """Says what readers promise, what they are asked, and for how many days they get it at most.

    Agreements that were made stay as they are. Raises Forbidden, Invalid by field.
    """
    asked = [one for one in (" ".join(each.split()) for each in questions) if one]
    if len(asked) > MOST_QUESTIONS or any(len(one) > LONGEST_QUESTION for one in asked):
        raise Invalid(questions=_("At most five questions of at most 200 characters each, please."))
    if len(terms) > LONGEST_TERMS:
        raise Invalid(terms=_("Please keep it under %(most)s characters.") % {"most": LONGEST_TERMS})
    if not 1 <= longest_days <= LONGEST_DAYS:
        raise Invalid(longest_days=_("Between a day and five years, please."))
    with transaction.atomic():
        current = locked(dataset)
        require(actor, "set_terms", current)
        stored = Policy.objects.filter(dataset=current).first()
        policy = stored or Policy(dataset=current)
        policy.terms, policy.questions, policy.longest_days = terms.strip(), asked, longest_days
        events.record("access_policy.edited", actor=actor, subject=policy, at=at)
        policy.save(**({"update_fields": COLUMNS} if stored else {"force_insert": True}))
    return policy
