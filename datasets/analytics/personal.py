"""What this slice holds of a person."""

from django.utils.translation import gettext_lazy as _

from civic.accounts.privacy import Personal, personal_data

personal_data.register(
    Personal(
        model="analytics.SavedQuery",
        person="owner",
        title=_("Queries that you saved"),
        export=("dataset", "name", "revision", "query", "chart", "saved_at", "removed_at"),
        anonymise={"owner": None, "name": "Query"},
        reason=_("Saved queries may be cited; they stay at their addresses, without your name and theirs."),
    )
)
