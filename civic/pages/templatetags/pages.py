"""Template tags of the public pages."""

from datetime import date
from typing import Any

from django import template
from django.http import HttpRequest
from django.template.context import Context

from civic.core import clock
from civic.core.days import iso_day
from civic.pages import queries
from civic.pages.live import Live
from civic.pages.models import StoryIndexPage
from civic.pages.pictures import Photo, photos
from projects.proposals.models import Project

register = template.Library()


@register.simple_tag
def live(page: Any, *fields: str) -> Live:
    """`{% live page "body" as live %}`: reads for all blocks in these fields at once; blocks look for `live`."""
    return Live([getattr(page, field) for field in fields], clock.now())


@register.simple_tag(takes_context=True)
def from_live(context: Context, what: str, thing: Any) -> Any:
    """`{% from_live "photo" value.image as photo %}`: what a method of `live` says; nothing for a block drawn alone."""
    live = context.get("live")
    return getattr(live, what)(thing) if live else None


@register.simple_tag
def photo(image_id: int | None) -> Photo | None:
    """The photo of a single picture, such as a story's own."""
    return photos([image_id]).get(image_id) if image_id else None


@register.simple_tag
def section_of(page: Any) -> dict[str, Any]:
    """What stands beside a page: the pages of its section (with `top`), or the headings of the page itself."""
    if page.in_section:
        top, *pages = page.section()
        return {"top": top, "pages": pages}
    return {
        "headings": [
            (b.value.anchor, b.value["heading"]) for b in page.body if getattr(b.value, "anchor", "")
        ]
    }


@register.simple_tag
def story_list(index: StoryIndexPage, request: HttpRequest) -> dict[str, Any]:
    """One page of stories with their photos, and the day of the last one where there are older ones."""
    before = request.GET.get("before", "")
    stories, older = queries.stories_before(index, _day(before))
    found = photos(story.picture_id for story in stories)
    return {"stories": [(story, found.get(story.picture_id)) for story in stories], "older": older}


def _day(written: str) -> date | None:
    try:
        return iso_day(written)
    except ValueError:
        return None


@register.simple_tag
def project_of(story: Any) -> Project | None:
    """The project that a story is about, as long as everybody may see it."""
    return Project.objects.listed().filter(pk=story.project_id).first() if story.project_id else None
