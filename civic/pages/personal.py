"""What this slice holds of a person: nothing."""

from civic.accounts.privacy import NonPersonal, non_personal

non_personal.register(
    NonPersonal("pages.SiteSettings", ("contact_address", "contact_email", "hero_alt"), "the council's own"),
    *[
        NonPersonal(
            f"pages.{page}", ("lead",), "written by editors, who take it back like the rest of a page"
        )
        for page in ("CallPage", "HomePage", "HelpIndexPage", "StandardPage", "StoryIndexPage")
    ],
    NonPersonal("pages.StoryPage", ("lead", "picture_alt"), "the same"),
)
