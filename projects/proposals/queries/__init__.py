"""What pages, the API and higher slices read about projects."""

from projects.proposals.queries.history import History, latest_events, told
from projects.proposals.queries.listing import SORTS, Filters, Stage, cards, listed, places, search_projects
from projects.proposals.queries.mine import invitations_of, invited, me_columns, my_projects, returned
from projects.proposals.queries.page import (
    as_supported,
    cover_of,
    people_of,
    photos_of,
    project_page,
    public_project,
    to_support,
)
from projects.proposals.queries.review import changes_between, review_notes
