"""Pictures of a project: at most a handful, each checked, re-encoded and described."""

from datetime import datetime
from functools import partial

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Person
from civic.core.errors import Conflict, NotFound, required
from projects.proposals import pictures
from projects.proposals.models import Picture, Project
from projects.proposals.operations.revisions import editing

MOST = 8


def add_picture(
    *, actor: Person, project: Project, upload: UploadedFile, alt: str, at: datetime, reason: str = ""
) -> Picture:
    """Adds a picture at the end. Raises Forbidden, Conflict (too many), Invalid (file, alt).

    The file is checked before the transaction: it takes a while, and the row should not be locked for it.
    """
    alt = _alt(alt)
    _refuse_full(project)  # once more under the lock; here, so that nothing is decoded that is refused anyway
    prepared = pictures.prepare(upload)
    with editing(actor=actor, project=project, reason=reason, at=at, what="pictures") as current:
        _refuse_full(current)
        last = current.pictures.aggregate(last=Max("position"))["last"]
        picture = Picture(project=current, alt=alt, position=0 if last is None else last + 1)
        picture.file.save("picture", ContentFile(prepared.full, "picture"), save=False)
        picture.thumb.save("thumb", ContentFile(prepared.thumb, "thumb"), save=False)
        picture.save()
    return picture


def _refuse_full(project: Project) -> None:
    if project.pictures.count() >= MOST:
        raise Conflict(_("A project has at most %(most)s pictures. Remove one first.") % {"most": MOST})


def _alt(alt: str) -> str:
    missing = _("Say in a sentence what the picture shows, for people who cannot see it.")
    return required(" ".join(alt.split()), missing, field="alt", longest=200)


def arrange_picture(
    *,
    actor: Person,
    project: Project,
    picture: Picture,
    alt: str,
    cover: bool,
    at: datetime,
    reason: str = "",
) -> Picture:
    """Changes what is said about a picture, and makes it the cover. Raises Forbidden, NotFound, Invalid."""
    alt = _alt(alt)
    with editing(actor=actor, project=project, reason=reason, at=at, what="pictures") as current:
        mine = _of(current, picture)
        mine.alt = alt
        mine.save(update_fields=["alt"])
        if cover:
            _first(current, mine)
    return mine


def _first(project: Project, cover: Picture) -> None:
    others = [picture for picture in project.pictures.all() if picture.pk != cover.pk]
    for position, picture in enumerate([cover, *others]):
        Picture.objects.filter(pk=picture.pk).update(position=position)


def remove_picture(
    *, actor: Person, project: Project, picture: Picture, at: datetime, reason: str = ""
) -> None:
    """Removes a picture and, once that is certain, its files. Raises Forbidden, NotFound."""
    with editing(actor=actor, project=project, reason=reason, at=at, what="pictures") as current:
        mine = _of(current, picture)
        files = [mine.file, mine.thumb]
        mine.delete()
        for file in files:
            transaction.on_commit(partial(file.storage.delete, str(file.name)))


def _of(project: Project, picture: Picture) -> Picture:
    found = project.pictures.filter(pk=picture.pk).first()
    if found is None:
        raise NotFound
    return found
