"""What pages, the API and higher slices read about projects."""

from projects.proposals.queries.history import History, latest_events, told
from projects.proposals.queries.listing import (
    SORTS,
    STAGE_STATES,
    Filters,
    Stage,
    cards,
    listed,
    places,
    search_projects,
)
from projects.proposals.queries.mine import invitations_of, invited, me_columns, my_projects, returned
from projects.proposals.queries.page import Photo, cover_of, people_of, photos_of, project_page
from projects.proposals.queries.review import changes_between, review_notes
from projects.proposals.queries.support import as_supported, to_support

__all__ = [
    "SORTS",
    "STAGE_STATES",
    "Filters",
    "History",
    "Photo",
    "Stage",
    "as_supported",
    "cards",
    "changes_between",
    "cover_of",
    "invitations_of",
    "invited",
    "latest_events",
    "listed",
    "me_columns",
    "my_projects",
    "people_of",
    "photos_of",
    "places",
    "project_page",
    "returned",
    "review_notes",
    "search_projects",
    "to_support",
    "told",
]
