"""Collections with their purposes and notices, what people share and consent to, and what is released."""

from datasets.consent.models.collection import Collection, Notice, Purpose
from datasets.consent.models.release import Deletion, Inclusion, Release
from datasets.consent.models.rights import RightsRequest
from datasets.consent.models.sharing import Consent, Submission
