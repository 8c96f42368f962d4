"""Projects and what belongs to them; one noun a file."""

from projects.proposals.models.cost import CostLine
from projects.proposals.models.participant import ParticipantGoal, TeamInvitation, TeamMember
from projects.proposals.models.picture import Picture
from projects.proposals.models.project import Project, Theme
from projects.proposals.models.revision import ProjectRevision
from projects.proposals.models.support import Support, SupportChange, SupportCount
