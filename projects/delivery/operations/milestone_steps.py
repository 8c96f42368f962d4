"""Work on a milestone, its evidence and its acceptance; and the beginning and end of the delivery."""

from datetime import datetime
from functools import partial
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from civic.accounts.models import Person
from civic.core import events
from civic.core.errors import Conflict, NotFound, required
from civic.core.locking import lock_first
from civic.core.policies import require
from civic.core.states import transition
from projects.delivery import documents
from projects.delivery.models import Evidence, Milestone
from projects.delivery.states import AT_WORK, MilestoneState
from projects.proposals import pictures
from projects.proposals.endings import ending
from projects.proposals.models import Project
from projects.proposals.operations.revisions import locked
from projects.proposals.states import ProjectState

MOST_EVIDENCE = 20
LONGEST = 2000
NO_REASON = gettext_lazy("Give your reason; the team and everybody else can read it.")
PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"RIFF")


def start_delivery(*, actor: Person, project: Project, at: datetime, reason: str = "") -> Project:
    """Lets the work begin. Raises Forbidden (not the steward), Conflict (no plan), IllegalTransition."""
    with transaction.atomic():
        current = _stewarded(actor, project)
        if not current.milestones.exists():
            raise Conflict(_("Make a plan with milestones first: money is paid out along it."))
        transition(current, "start_delivery", actor=actor, at=at, reason=reason.strip())
    return current


def complete(*, actor: Person, project: Project, at: datetime, reason: str = "") -> Project:
    """Ends the work well. Raises Forbidden, Conflict (a milestone is not accepted), IllegalTransition."""
    with transaction.atomic():
        current = _stewarded(actor, project)
        if current.milestones.exclude(state=MilestoneState.ACCEPTED).exists():
            raise Conflict(_("Not every milestone is accepted yet."))
        transition(current, "complete", actor=actor, at=at, reason=reason.strip())
    return current


def fail(*, actor: Person, project: Project, reason: str, at: datetime) -> Project:
    """Gives the work up, with the reason, which is public. Raises Forbidden, Invalid, IllegalTransition."""
    reason = required(reason, NO_REASON, longest=LONGEST)
    with ending(project, actor=actor, reason=reason, at=at):
        current = _stewarded(actor, project)
        transition(current, "fail", actor=actor, at=at, reason=reason)
    return current


def start(*, actor: Person, milestone: Milestone, at: datetime) -> Milestone:
    """Begins a milestone. Raises Forbidden (not the team), Conflict (project not delivered), IllegalTransition."""
    with transaction.atomic():
        current = _worked_on(actor, milestone)
        transition(current, "start", actor=actor, at=at)
    return current


def add_evidence(
    *, actor: Person, milestone: Milestone, upload: UploadedFile, text: str, at: datetime
) -> Evidence:
    """Adds a picture (re-encoded) or a document (checked). Raises Forbidden, Conflict, Invalid (file, text).

    The file is looked at before the transaction: it takes a while, and no row should be locked for it.
    """
    missing = _("Say in a sentence what it shows.")
    text = required(" ".join(text.split()), missing, field="text", longest=200)
    require(actor, "work_on", milestone)
    _refuse_full(
        milestone
    )  # once more under the lock; here, so that nothing is decoded that is refused anyway
    contents = _contents(upload)
    with transaction.atomic():
        current = _worked_on(actor, milestone)
        _at_work(current)
        _refuse_full(current)
        evidence = Evidence(milestone=current, person=actor, text=text, added_at=at, **contents)
        evidence.save()
        events.record("milestone.evidence_added", actor=actor, subject=current, at=at)
    return evidence


def _refuse_full(milestone: Milestone) -> None:
    if milestone.evidence.count() >= MOST_EVIDENCE:
        raise Conflict(_("A milestone has at most %(most)s files.") % {"most": MOST_EVIDENCE})


def _contents(upload: UploadedFile) -> dict[str, Any]:
    upload.seek(0)
    if upload.read(4).startswith(PICTURES):
        prepared = pictures.prepare(upload)
        full, thumb = ContentFile(prepared.full, "full.webp"), ContentFile(prepared.thumb, "thumb.webp")
        return {"kind": Evidence.Kind.PICTURE, "file": full, "thumb": thumb, "size": len(prepared.full)}
    document = documents.check(upload)
    file = ContentFile(document.content, f"file.{document.kind}")
    return {"kind": document.kind, "file": file, "size": len(document.content)}


def remove_evidence(*, actor: Person, evidence: Evidence, at: datetime) -> None:
    """Takes evidence away and, once that is certain, its files. Raises Forbidden, Conflict, NotFound."""
    with transaction.atomic():
        current = _worked_on(actor, evidence.milestone)
        _at_work(current)
        found = current.evidence.filter(pk=evidence.pk).first()
        if found is None:
            raise NotFound
        files = [file for file in (found.file, found.thumb) if file]
        found.delete()
        events.record("milestone.evidence_removed", actor=actor, subject=current, at=at)
        for file in files:
            transaction.on_commit(partial(file.storage.delete, str(file.name)))


def submit(*, actor: Person, milestone: Milestone, at: datetime) -> Milestone:
    """Hands a milestone in. Raises Forbidden, Conflict (no evidence), IllegalTransition."""
    with transaction.atomic():
        current = _worked_on(actor, milestone)
        if not current.evidence.exists():
            raise Conflict(_("Add evidence first: a picture or a document that shows what is done."))
        transition(current, "submit", actor=actor, at=at)
    return current


def accept(*, actor: Person, milestone: Milestone, reason: str, at: datetime) -> Milestone:
    """Accepts a milestone, with the reason; its share of the money may be paid out from now on.

    Raises Forbidden (not the steward, or of the team), Invalid (no reason), Conflict, IllegalTransition.
    """
    return _decide(actor, milestone, "accept", reason, at)


def send_back(*, actor: Person, milestone: Milestone, reason: str, at: datetime) -> Milestone:
    """Returns a milestone with what is missing. Raises as `accept`."""
    return _decide(actor, milestone, "return", reason, at)


def _decide(actor: Person, milestone: Milestone, verb: str, reason: str, at: datetime) -> Milestone:
    reason = required(reason, NO_REASON, longest=LONGEST)
    with transaction.atomic():
        current = _locked(milestone)
        require(actor, "decide", current)
        transition(current, verb, actor=actor, at=at, reason=reason)
        Milestone.objects.filter(pk=current.pk).update(reason=reason)
        current.reason = reason
        if verb == "accept":
            payload = {"milestone": str(current.pk), "number": current.number}
            events.record(
                "project.milestone_reached", actor=actor, subject=current.project, at=at, payload=payload
            )
    return current


def _stewarded(actor: Person, project: Project) -> Project:
    current = locked(project)
    require(actor, "steward", current)
    return current


def _locked(milestone: Milestone) -> Milestone:
    """The milestone and its project as they are now, locked, while the project is delivered."""
    # The project first, as every operation on it does: two that lock in different orders wait for each other for ever.
    project = locked(milestone.project)
    current = lock_first(Milestone.objects.filter(pk=milestone.pk))
    if current is None:
        raise NotFound
    current.project = project
    if project.state != ProjectState.DELIVERING:
        raise Conflict(_("Work on this project has not begun, or it is over."))
    return current


def _worked_on(actor: Person, milestone: Milestone) -> Milestone:
    current = _locked(milestone)
    require(actor, "work_on", current)
    return current


def _at_work(milestone: Milestone) -> None:
    if milestone.state not in AT_WORK:
        raise Conflict(_("Evidence can be changed while the milestone is in progress or returned."))
