"""What each verb does in each state of a request and of a grant, and for whoever does it."""

from collections.abc import Callable
from typing import Any

import pytest

from civic.accounts import groups
from civic.accounts.models import Person
from civic.core import clock
from civic.core.errors import Conflict, Forbidden, IllegalTransition, Invalid
from datasets.access.models import AccessRequest, Grant
from datasets.access.operations import grants, requests
from datasets.access.states import RequestState
from tests.factories import accounts, catalogue
from tests.factories import data_access as access
from tests.undoing import undone

pytestmark = pytest.mark.django_db
DONE, ILLEGAL, NOT_ALLOWED = "done", IllegalTransition, Forbidden


def outcome(verb: Callable[[], Any]) -> Any:
    try:
        verb()
    except (IllegalTransition, Forbidden, Conflict, Invalid) as error:
        return type(error)
    return DONE


def each(verbs: dict[str, Callable[[], Any]]) -> dict[str, Any]:
    """What each verb does, each as if it were the first."""
    found = {}
    for name, verb in verbs.items():
        with undone():
            found[name] = outcome(verb)
    return found


def request_in(state: RequestState) -> AccessRequest:
    dataset = access.dataset()
    made = access.asked(dataset)
    writer = catalogue.writer(dataset)
    if state not in (RequestState.DRAFT, RequestState.WITHDRAWN):
        requests.submit_request(actor=made.person, request=made, at=clock.now())
    if state == RequestState.WITHDRAWN:
        requests.withdraw_request(actor=made.person, request=made, at=clock.now())
    elif state == RequestState.APPROVED:
        access.approve(made)
    elif state == RequestState.RETURNED:
        requests.return_request(actor=writer, request=made, reason="Which streets?", at=clock.now())
    elif state == RequestState.REJECTED:
        requests.reject_request(actor=writer, request=made, reason="No.", at=clock.now())
    made = AccessRequest.objects.select_related("dataset", "person").get(pk=made.pk)
    assert made.state == state
    return made


def verbs_of(request: AccessRequest, actor: Person) -> dict[str, Callable[[], Any]]:
    more: dict[str, Any] = {"actor": actor, "request": request, "at": clock.now()}
    return {
        "edit": lambda: requests.edit_request(wish=access.wish(days=3), **more),
        "submit": lambda: requests.submit_request(**more),
        "withdraw": lambda: requests.withdraw_request(**more),
        "return": lambda: requests.return_request(reason="Which?", **more),
        "approve": lambda: requests.approve_request(reason="Good.", **more),
        "reject": lambda: requests.reject_request(reason="No.", **more),
    }


ASKER = {
    # In the order of the states: of a draft first, of what was withdrawn last.
    "edit": [DONE, Conflict, DONE, Conflict, Conflict, Conflict],
    "submit": [DONE, ILLEGAL, DONE, ILLEGAL, ILLEGAL, ILLEGAL],
    "withdraw": [DONE, DONE, DONE, ILLEGAL, ILLEGAL, ILLEGAL],
    **dict.fromkeys(("return", "approve", "reject"), [NOT_ALLOWED] * 6),
}
PUBLISHER = {
    **dict.fromkeys(("edit", "submit", "withdraw"), [NOT_ALLOWED] * 6),
    **{key: [ILLEGAL, DONE, *([ILLEGAL] * 4)] for key in ("return", "approve", "reject")},
}


@pytest.mark.parametrize("state", RequestState)
def test_each_verb_in_each_state_of_a_request(state: RequestState) -> None:
    place, made = list(RequestState).index(state), request_in(state)
    assert made.person
    for actor, table in ((made.person, ASKER), (catalogue.writer(made.dataset), PUBLISHER)):
        assert each(verbs_of(made, actor)) == {name: row[place] for name, row in table.items()}
    stranger, steward = accounts.person(), accounts.staff(groups.DATA_STEWARDS)
    for actor in (stranger, steward):
        assert set(each(verbs_of(made, actor)).values()) == {NOT_ALLOWED}


def grant_in(state: str) -> Grant:
    made = access.grant(access.dataset())
    writer, more = catalogue.writer(made.dataset), {"grant": made, "at": clock.now()}
    if state in ("suspended", "revoked"):
        verb = grants.suspend_grant if state == "suspended" else grants.revoke_grant
        verb(actor=writer, reason="A question is open.", **more)
    elif state == "held":
        steward = accounts.staff(groups.DATA_STEWARDS)
        grants.suspend_grant(actor=steward, reason="The city looks into it.", **more)
    elif state == "ended":
        grants.end_grant(actor=made.person, **more)
    elif state == "expired":
        assert grants.expire_grants(at=made.expires_at) == 1
    return Grant.objects.select_related("dataset", "person").get(pk=made.pk)


GRANT_STATES = ["active", "suspended", "held", "expired", "revoked", "ended"]
OVER = [ILLEGAL] * 3
HOLDER_TABLE = {
    **dict.fromkeys(("suspend", "resume", "release", "revoke"), [NOT_ALLOWED] * 6),
    "end": [DONE, DONE, DONE, *OVER],
    "key": [DONE, Conflict, Conflict, Conflict, Conflict, Conflict],
}
# Each side ends its own holds: what the publisher has suspended or revoked is not the city's to give back.
PUBLISHER_TABLE = {
    "suspend": [DONE, ILLEGAL, DONE, *OVER],
    "resume": [ILLEGAL, DONE, NOT_ALLOWED, *OVER],
    "release": [Conflict, Conflict, NOT_ALLOWED, Conflict, DONE, Conflict],
    "revoke": [DONE, DONE, DONE, *OVER],
    **dict.fromkeys(("end", "key"), [NOT_ALLOWED] * 6),
}
STEWARD_TABLE = PUBLISHER_TABLE | {
    "suspend": [DONE, DONE, ILLEGAL, *OVER],
    "resume": [ILLEGAL, NOT_ALLOWED, DONE, ILLEGAL, NOT_ALLOWED, ILLEGAL],
    "release": [Conflict, NOT_ALLOWED, Conflict, Conflict, NOT_ALLOWED, Conflict],
}


@pytest.mark.parametrize("state", GRANT_STATES)
def test_each_verb_in_each_state_of_a_grant(state: str) -> None:
    place, made = GRANT_STATES.index(state), grant_in(state)
    assert made.person
    actors = (made.person, catalogue.writer(made.dataset), accounts.staff(groups.DATA_STEWARDS))
    for actor, table in zip(actors, (HOLDER_TABLE, PUBLISHER_TABLE, STEWARD_TABLE), strict=True):
        more: dict[str, Any] = {"actor": actor, "grant": made, "at": clock.now()}
        found = each(
            {
                "suspend": lambda more=more: grants.suspend_grant(reason="Why.", **more),
                "resume": lambda more=more: grants.resume_grant(**more),
                "release": lambda more=more: grants.release_grant(**more),
                "revoke": lambda more=more: grants.revoke_grant(reason="Why.", **more),
                "end": lambda more=more: grants.end_grant(**more),
                "key": lambda more=more: grants.make_key(**more),
            }
        )
        assert found == {name: row[place] for name, row in table.items()}
