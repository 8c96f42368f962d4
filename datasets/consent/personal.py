"""What this slice holds of a person."""

from django.utils.translation import gettext_lazy as _

from civic.accounts.privacy import NonPersonal, Personal, non_personal, personal_data

NO_NAME = _("That somebody has consented stays as proof for the publisher, without your name.")

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
