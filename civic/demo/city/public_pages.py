"""The city's public face in Wagtail: name and look, front page, stories, help and the pages of the footer."""

from collections.abc import Mapping
from datetime import timedelta

from django.core.files.base import ContentFile
from wagtail.images.models import Image

from civic.demo import source
from civic.demo.city.calls import Round
from civic.demo.city.cast import Cast
from civic.demo.pictures import caption, paint
from civic.pages import operations
from civic.pages.models import HomePage
from civic.pages.operations.tree import Part
from projects.proposals.models import Project

HERO = "city"
# These stand in the help section; the others are in the footer of every page.
IN_HELP = ["voting", "proposing", "confirming-where-you-live"]


def publish(cast: Cast, rounds: list[Round]) -> None:
    """Writes everything through the operations that a council's own site is built with."""
    projects = {key: project for ready in rounds for key, project in ready.projects.items()}
    operations.prepare_editors()
    city = source.read("city")
    operations.write_look(
        site_name=city["site_name"],
        city_name=city["full_name"],
        claim=city["tagline"],
        accent=city["accent"],
        hero=_picture(HERO),
        hero_alt=caption(HERO),
        **{name: city[name] for name in ("contact_email", "contact_address", "contact_phone")},
    )
    home = _front_page(projects)
    pages = {page["slug"]: page for page in source.read("pages")}
    help_text = pages.pop("help")
    for slug, page in pages.items():
        if slug not in IN_HELP:
            operations.write_page(parent=home, **page)
    questions = [(one["q"], one["a"]) for one in source.read("faq")]
    section = operations.write_help_index(
        parent=home, title=help_text["title"], lead=help_text["lead"], questions=questions
    )
    for slug in IN_HELP:
        operations.write_page(parent=section, **pages[slug])
    _write_stories(cast, home, projects)


def _front_page(projects: Mapping[str, Project]) -> HomePage:
    """One sentence, one next step, and below it what is alive in the city."""
    text = source.read("home")
    hero, featured = text["hero"], dict(text["featured"])
    picked = [str(projects[key].pk) for key in featured.pop("projects")]
    return operations.write_home(
        title=text["title"],
        sentence=hero["sentence"],
        lead=hero["text"],
        buttons=hero["buttons"],
        blocks=[
            ("numbers", text["numbers"]),
            ("calls", text["calls"]),
            ("projects", {**featured, "picked": picked, "order": "supported", "count": 3}),
            ("steps", text["steps"]),
            ("stories", {**text["stories"], "count": 3}),
            ("quote", text["quote"]),
        ],
    )


def _write_stories(cast: Cast, home: HomePage, projects: Mapping[str, Project]) -> None:
    """What became of some projects, written by the city's editors."""
    index = operations.stories_of(home)
    for text in source.read("stories"):
        sections: list[Part] = [
            {"heading": part["heading"], "text": cast.calendar.dated(part["text"])} for part in text["body"]
        ]
        operations.write_story(
            parent=index,
            slug=text["slug"],
            title=text["title"],
            lead=text["lead"],
            day=cast.calendar.today + timedelta(days=text["day"]),
            sections=sections,
            picture=_picture(text["picture"]),
            picture_alt=text["picture_alt"],
            project=projects[text["project"]],
        )


def _picture(name: str) -> Image:
    """A scene in the library of pictures, there once however many pages show it."""
    title = caption(name)
    known: Image | None = Image.objects.filter(title=title).first()
    made: Image = known or Image.objects.create(title=title, file=ContentFile(paint(name), f"{name}.jpg"))
    return made
