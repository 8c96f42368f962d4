"""What this slice holds of a person."""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Organisation
from civic.accounts.privacy import (
    NonPersonal,
    Personal,
    Text,
    closing_blockers,
    non_personal,
    personal_data,
)
from civic.accounts.states import INACTIVE
from civic.core.registry import Hook
from datasets.consent.models import Collection, Consent, Deletion, RightsRequest, Submission
from datasets.consent.states import CollectionState, DeletionState, RightsState

NO_NAME = _("That somebody has consented stays as proof for the publisher, without your name.")


def people_wait(organisation: Organisation) -> Text | None:
    """Whom it has asked for data it answers first. While it is suspended nobody can, and the data steward answers."""
    if organisation.state in INACTIVE:
        return None
    asks = Collection.objects.filter(publisher=organisation, state=CollectionState.OPEN)
    if collection := asks.order_by("pk").first():
        return _("People are asked to share data in “%(title)s”. Close it first.") % {"title": collection}
    asked = RightsRequest.objects.filter(state=RightsState.SENT, collection__publisher=organisation)
    # Nobody waits for what an erased account has asked; and who has nothing there, again and again, stops nobody.
    theirs = {"person": OuterRef("person")}
    shared = Submission.objects.filter(collection=OuterRef("collection"), **theirs)
    consented = Consent.objects.filter(purpose__collection=OuterRef("collection"), **theirs)
    concerned = asked.exclude(person=None).filter(Exists(shared) | Exists(consented))
    if waiting := concerned.order_by("pk").first():
        words = _("Somebody asks about their data in “%(title)s”. Answer first.")
        return words % {"title": waiting.collection}
    told = Deletion.objects.filter(state=DeletionState.ASKED, grant__organisation=organisation)
    if deletion := told.order_by("pk").first():
        words = _("It was told to delete its copies of “%(title)s”. Say first what has become of them.")
        return words % {"title": deletion.grant.dataset}
    return None


closing_blockers.register(Hook("people-wait", people_wait))
personal_data.register(
    Personal(
        model="consent.Submission",
        person="person",
        title=_("What you shared"),
        export=("collection", "values", "earlier", "sent_at", "changed_at"),
    ),
    Personal(
        model="consent.Consent",
        person="person",
        title=_("What you consented to"),
        export=("purpose", "notice", "given_at", "receipt", "withdrawn_at", "withdrawal", "state"),
        withhold={
            "signature": "the installation's, in the receipt that you can download",
            "withdrawal_signature": "the installation's, in the receipt that you can download",
        },
        anonymise={"person": None},
        reason=NO_NAME,
    ),
    Personal(
        model="consent.RightsRequest",
        person="person",
        title=_("What you asked about your data"),
        export=("collection", "kind", "words", "sent_at", "due_at", "answer", "state"),
        anonymise={"person": None, "words": "", "answer": ""},
        reason=_("That somebody asked stays for the publisher, without your name and your words."),
    ),
    Personal(
        model="consent.Release",
        person="person",
        title=_("Releases that you prepared"),
        export=("purpose", "made_at"),
        withhold={
            "rows": "figures about groups of people",
            "digest": "of how it was counted",
        },
        anonymise={"person": None},
        reason=_("Releases are never changed; they stay without your name."),
    ),
)
non_personal.register(
    NonPersonal("consent.Collection", ("description", "questions"), "what an organisation asks of everybody"),
    NonPersonal("consent.Purpose", ("columns",), "how figures are released"),
    NonPersonal("consent.Notice", ("what", "readers", "kept", "digest"), "what everybody reads"),
    NonPersonal("consent.Deletion", ("words",), "what a reader says about copies of figures"),
)
