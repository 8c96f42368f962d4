"""What follows from events of this slice; runs in the worker, at least once."""

from django.conf import settings

from civic.accounts import mail
from civic.core import events
from civic.core.models import Event
from projects.calls.models import Call
from projects.proposals.models import TeamInvitation
from projects.proposals.operations.review import end_with_call


@events.handler("project.team_invited")
def write_to_invited(event: Event) -> None:
    """Writes to the invited address; the letter is the same whether it has an account or not."""
    rows = TeamInvitation.objects.select_related("project", "invited_by")
    invitation = rows.filter(pk=event.payload["invitation"]).first()
    if invitation is None:
        return
    context = {
        "inviter": invitation.invited_by.display_name,
        "project": invitation.project,
        "role": invitation.role,
        "link": f"{settings.SITE_URL}/projects/invitations/{invitation.pk}/",
    }
    mail.write("proposals/mail/team_invitation", to=invitation.email, context=context, at=event.at)


@events.handler("call.called_off")
def end_projects(event: Event) -> None:
    """A call that was called off takes no project further: their teams and supporters are told with its reason."""
    end_with_call(call=Call.objects.get(pk=event.subject_id), reason=event.note, at=event.at)
