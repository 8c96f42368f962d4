"""Terms, requests, agreements and grants."""

from datasets.access.models.agreement import Agreement
from datasets.access.models.grant import Grant
from datasets.access.models.policy import Policy
from datasets.access.models.request import AccessRequest
