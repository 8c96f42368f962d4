"""The site's look, its page types and the rolled-up numbers; one noun a file."""

from civic.pages.models.call import CallPage
from civic.pages.models.home import HomePage
from civic.pages.models.numbers import Numbers
from civic.pages.models.settings import SiteSettings
from civic.pages.models.standard import HelpIndexPage, StandardPage
from civic.pages.models.story import StoryIndexPage, StoryPage
