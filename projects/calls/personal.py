"""What this slice holds of a person: nothing."""

from civic.accounts.privacy import NonPersonal, non_personal

TEXTS = ("summary", "description", "eligibility_note", "advice", "picture")

non_personal.register(NonPersonal("calls.Call", TEXTS, "texts of the city about a programme"))
