"""Everything that is done with projects, one verb a function.

drafts (begin, describe, goals, costs), team, pictures, review, recipient, ballot, supports.
"""

from projects.proposals.operations.ballot import shortlist
from projects.proposals.operations.drafts import begin, describe, set_costs, set_goals
from projects.proposals.operations.gallery import add_picture, arrange_picture, remove_picture
from projects.proposals.operations.recipient import name_organisation
from projects.proposals.operations.review import cancel, open_project, reject, return_for_changes, submit
from projects.proposals.operations.supports import recount, roll_up, support, withdraw_support
from projects.proposals.operations.team import accept, decline, invite, leave, withdraw_invitation
