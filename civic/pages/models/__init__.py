"""The site's look, its page types and the rolled-up numbers."""

from civic.pages.models.numbers import Numbers
from civic.pages.models.pages import (
    CallPage,
    HelpIndexPage,
    HomePage,
    StandardPage,
    StoryIndexPage,
    StoryPage,
)
from civic.pages.models.settings import SiteSettings
