"""What this slice holds of a person: nothing."""

from civic.accounts.privacy import NonPersonal, non_personal

non_personal.register(
    NonPersonal("pages.SiteSettings", ("contact_address", "contact_email"), "the council's own")
)
