"""Projects being delivered, with a plan, evidence and news, as the tests need them."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4
from zipfile import ZIP_STORED, ZipFile

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from civic.core import clock
from projects.delivery.documents import ODT
from projects.delivery.models import Evidence, Milestone, Update
from projects.delivery.states import MilestoneState
from projects.proposals.models import Project
from projects.proposals.states import ProjectState
from tests.factories import proposals

DUE = date(2026, 9, 1)
PDF = b"%PDF-1.7\n1 0 obj << >> endobj\ntrailer << >>\n%%EOF\n"


def project(state: str = ProjectState.DELIVERING, **fields: Any) -> Project:
    """A project that is being delivered, unless told otherwise."""
    return proposals.project(state=state, **fields)


def milestones(
    made: Project, *shares: int, state: str = MilestoneState.PLANNED, due: date = DUE
) -> list[Milestone]:
    """A whole plan: milestones with these shares in basis points (30 %, 70 %), thirty days apart."""
    with transaction.atomic():
        return [
            Milestone.objects.create(
                project=made,
                number=number,
                title=f"Part {number}",
                promise="Something that people can see.",
                share_bp=share,
                due_on=due + timedelta(days=30 * (number - 1)),
                state=state,
                state_since=clock.now(),
            )
            for number, share in enumerate(shares or (3_000, 7_000), 1)
        ]


def milestone(state: str = MilestoneState.PLANNED, made: Project | None = None) -> Milestone:
    """The first of a plan's milestones, in this state; with evidence once it was handed in."""
    first = milestones(made or project(), state=state)[0]
    if state in (MilestoneState.SUBMITTED, MilestoneState.RETURNED, MilestoneState.ACCEPTED):
        evidence(first)
    return first


def evidence(of: Milestone, **fields: Any) -> Evidence:
    """A document that shows what was done."""
    defaults = {"kind": Evidence.Kind.PDF, "text": "The invoice", "size": len(PDF), "added_at": clock.now()}
    return Evidence.objects.create(milestone=of, file="delivery/a.pdf", **(defaults | fields))


def update(made: Project, **fields: Any) -> Update:
    """News of the project."""
    defaults = {"title": "The trees are in", "text": "All forty.", "token": uuid4(), "posted_at": clock.now()}
    return Update.objects.create(project=made, **({"author": made.author} | defaults | fields))


def upload(content: bytes = PDF, name: str = "report.pdf") -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, content)


def odt(kind: bytes = ODT) -> bytes:
    """A minimal OpenDocument text (or what says it is `kind`)."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_STORED) as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("content.xml", "<a/>")
    return buffer.getvalue()
