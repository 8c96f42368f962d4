"""Pages composed by code: the default tree of a fresh installation, and the parts that other trees are built of.

All of these write what is given and publish it; written again under the same address, a page is replaced.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, TypedDict, TypeVar

import yaml
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Model
from django.utils.html import escape
from wagtail.fields import StreamField
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page, Site

from civic.accounts import groups
from civic.pages.models import (
    CallPage,
    HelpIndexPage,
    HomePage,
    SiteSettings,
    StandardPage,
    StoryIndexPage,
    StoryPage,
)
from civic.pages.models.pages import PublicPage
from civic.pages.models.settings import forget_look
from projects.calls.models import Call

Kind = TypeVar("Kind", bound=PublicPage)
Block = tuple[str, Mapping[str, Any]]


class Part(TypedDict):
    """A part of a text: a heading and paragraphs of plain text with an empty line between them."""

    heading: str
    text: str


@transaction.atomic
def build_default_tree(
    *, city: str = "", site_name: str = "Civic Exchange", contact_email: str = ""
) -> HomePage:
    """The pages, names and editors' rights of a fresh installation. Does nothing where there is a home page.

    The texts are meant to be kept: they say how the site works, with the city's name in them.
    """
    existing: HomePage | None = HomePage.objects.first()
    if existing is not None:
        return existing
    prepare_editors()
    texts = starting_texts(city, contact_email)
    write_look(site_name=site_name, city_name=city, claim=texts["claim"], contact_email=contact_email)
    home = write_home(**texts["home"])
    for page in texts["pages"]:
        write_page(parent=home, **page)
    section = write_help_index(parent=home, **texts["help"])
    for page in texts["help_pages"]:
        write_page(parent=section, **page)
    stories_of(home)
    return home


def write_look(**values: Any) -> SiteSettings:
    """Stores these fields of the site settings and leaves the others. Raises ValidationError where one is wrong."""
    site = Site.objects.get(is_default_site=True)
    settings = SiteSettings.objects.filter(site=site).first() or SiteSettings(site=site)
    for name, value in values.items():
        setattr(settings, name, value)
    settings.full_clean()
    check_blocks(settings)
    settings.save()
    forget_look()
    return settings


def write_home(
    *,
    title: str,
    sentence: str,
    lead: str = "",
    buttons: Sequence[Mapping[str, str]] = (),
    blocks: Iterable[Block] = (),
) -> HomePage:
    """The home page at the site's root. `blocks` are pairs of a block's name and its values as stored."""
    home = HomePage.objects.first() or _new_home(title, sentence)
    home.title, home.sentence, home.lead = title, sentence, lead
    home.buttons = _stream(home, "buttons", [("button", button) for button in buttons])
    home.body = _stream(home, "body", blocks)
    return _publish(home)


def _new_home(title: str, sentence: str) -> HomePage:
    """Takes the place of the page that Wagtail's own migrations put there."""
    site = Site.objects.get(is_default_site=True)
    welcome, root = site.root_page, Page.get_first_root_node()
    home: HomePage = root.add_child(instance=HomePage(title=title, slug="exchange", sentence=sentence))
    # The site leads to the new page before the old one goes: deleting a site's root deletes the site with it.
    site.root_page = home
    site.save()
    if welcome.pk != root.pk:
        Page.objects.get(pk=welcome.pk).delete()
    return HomePage.objects.get(pk=home.pk)


def write_page(
    *, parent: Page, slug: str, title: str, lead: str = "", sections: Iterable[Part] = ()
) -> StandardPage:
    """A standard page below the home page or a help index."""
    page = _child(parent, StandardPage, slug, title)
    page.lead = lead
    page.body = _stream(page, "body", parts(sections))
    return _publish(page)


def write_help_index(
    *,
    parent: Page,
    slug: str = "help",
    title: str,
    lead: str = "",
    questions: Iterable[tuple[str, str]] = (),
    heading: str = "",
) -> HelpIndexPage:
    """The help section; below the list of its pages come questions and answers (plain text)."""
    page = _child(parent, HelpIndexPage, slug, title)
    page.lead = lead
    asked = [{"question": question, "answer": paragraphs(answer)} for question, answer in questions]
    page.body = _stream(page, "body", [("faq", {"heading": heading, "questions": asked})] if asked else [])
    return _publish(page)


def stories_of(home: HomePage) -> StoryIndexPage:
    """The site's story index; made, with its starting text, where there is none."""
    found: StoryIndexPage | None = StoryIndexPage.objects.child_of(home).first()
    if found is not None:
        return found
    text = starting_texts("", "")["stories"]
    page = _child(home, StoryIndexPage, text["slug"], text["title"])
    page.lead = text["lead"]
    return _publish(page)


def write_story(
    *, parent: Page, slug: str, title: str, lead: str, day: date, sections: Iterable[Part] = (), **shown: Any
) -> StoryPage:
    """A published story below the story index; `shown`: `picture` (an Image) with `picture_alt`, `project`."""
    page = _child(parent, StoryPage, slug, title)
    page.lead, page.day = lead, day
    for name in ("picture", "picture_alt", "project"):
        setattr(page, name, shown.get(name, "" if name == "picture_alt" else None))
    page.body = _stream(page, "body", parts(sections))
    return _publish(page)


def write_call_text(*, parent: Page, call: Call, sections: Iterable[Part] = ()) -> CallPage:
    """What editors add to a call's page."""
    page = CallPage.objects.filter(call=call).first()
    if page is None:
        page = parent.add_child(
            instance=CallPage(title=call.title, slug=f"call-{call.slug}"[:250], call=call)
        )
    page.body = _stream(page, "body", parts(sections))
    return _publish(page)


def parts(sections: Iterable[Part]) -> list[Block]:
    """Text blocks of plain text."""
    return [
        ("text", {"heading": section["heading"], "text": paragraphs(section["text"])}) for section in sections
    ]


def paragraphs(text: str) -> str:
    """Plain text as HTML paragraphs; lines that begin with a dash become a list."""
    return "".join(_paragraph(part.strip()) for part in text.split("\n\n") if part.strip())


def _paragraph(text: str) -> str:
    lines = text.splitlines()
    if all(line.strip().startswith("- ") for line in lines):
        return "<ul>" + "".join(f"<li>{escape(line.strip()[2:])}</li>" for line in lines) + "</ul>"
    return f"<p>{escape(text)}</p>"


def _child(parent: Page, kind: type[Kind], slug: str, title: str) -> Kind:
    """The page of this kind under that slug, with the title; new where there is none."""
    page: Kind | None = kind.objects.child_of(parent).filter(slug=slug).first()
    if page is None:
        # treebeard counts children on the instance: by an old one the new page would get a path that is taken.
        parent.refresh_from_db()
        page = parent.add_child(instance=kind(title=title, slug=slug))
    page.title = title
    return page


def _stream(page: Page, field: str, blocks: Iterable[Block]) -> Any:
    block = type(page)._meta.get_field(field).stream_block
    return block.to_python([{"type": kind, "value": dict(value)} for kind, value in blocks])


def check_blocks(thing: Model) -> None:
    """Raises ValidationError where a block would be refused in the CMS; `full_clean` does not look into blocks."""
    for field in thing._meta.get_fields():
        if isinstance(field, StreamField):
            field.stream_block.clean(getattr(thing, field.name))


def _publish(page: Kind) -> Kind:
    """Publishes with a revision, so that editors find in the CMS what visitors see."""
    page.full_clean()
    check_blocks(page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


PAGES = ["add_page", "change_page", "publish_page", "lock_page", "unlock_page", "bulk_delete_page"]
FILES = ["add_image", "change_image", "choose_image", "add_document", "change_document", "choose_document"]
# Wagtail brings two groups of its own, one of them named like our moderators of discussions.
WAGTAILS_OWN = ["Moderators", "Editors"]


def prepare_editors() -> Group:
    """Lets the council's editors write and publish all pages and manage pictures and documents; idempotent."""
    Group.objects.filter(name__in=WAGTAILS_OWN).delete()
    editors, _made = Group.objects.get_or_create(name=groups.EDITORS)
    root, collection = Page.get_first_root_node(), Collection.get_first_root_node()
    for permission in Permission.objects.filter(codename__in=PAGES, content_type__app_label="wagtailcore"):
        GroupPagePermission.objects.get_or_create(group=editors, page=root, permission=permission)
    libraries = ["wagtailimages", "wagtaildocs"]
    for permission in Permission.objects.filter(codename__in=FILES, content_type__app_label__in=libraries):
        GroupCollectionPermission.objects.get_or_create(
            group=editors, collection=collection, permission=permission
        )
    return editors


TEXTS = Path(__file__).parent.parent / "starting_texts.yaml"


def starting_texts(city: str, email: str) -> dict[str, Any]:
    """All texts with the city's name (or “our city”) and where to ask in them."""
    ask = f"Write to {email}." if email else "The address for questions is at the foot of every page."
    texts: dict[str, Any] = _filled(_unfilled(), city or "our city", ask)
    home, section = texts["home"], texts["help"]
    home["blocks"] = [(block["type"], block["value"]) for block in home["blocks"]]
    section["questions"] = [(asked["question"], asked["answer"]) for asked in section["questions"]]
    return texts


@cache
def _unfilled() -> Any:
    return yaml.safe_load(TEXTS.read_text(encoding="utf-8"))


def _filled(value: Any, city: str, ask: str) -> Any:
    if isinstance(value, dict):
        return {key: _filled(part, city, ask) for key, part in value.items()}
    if isinstance(value, list):
        return [_filled(part, city, ask) for part in value]
    if not isinstance(value, str):
        return value
    text = value.replace("{city}", city).replace("{ask}", ask).strip()
    return text[:1].upper() + text[1:] if value.startswith("{city}") else text
