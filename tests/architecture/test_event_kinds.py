"""Events have one grammar, `noun.past_participle`, and nobody listens for one that nothing records."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from civic.core import events
from civic.core.event_kinds import IRREGULAR, event_kind, participle
from civic.core.states import stateful_models
from civic.notifications.types import notification_types
from tests.architecture.source import parse, unparse, walk

ROOT = Path(settings.BASE_DIR)
KIND = re.compile(r"[a-z_]+\.[a-z_]+")
# Participles in kinds that no table of transitions brings, and that do not end in -ed.
OTHERS = {"begun", "cast", "given", "left", "made", "set"}
KNOWN = {word for words in IRREGULAR.values() for word in words.split("_")} | OTHERS
# Sentences that are not told by the name of the event that brings them.
SENTENCES = {
    "reuse.of_yours",
    "comment.reply",
    "comment.own",
    "call.voting",
    "pledge.refunded",
    "pledge.disputed",
    "pledge.won",
    "pledge.lost",
    "pledge.disputed_returned",
    "pledge.taken_back",
    "pledge.dropped_returned",
    "pledge.dropped_lost",
    "charge.taken_back",
    "pledge.claimed",
    "pledge.claim_paid",
    "pledge.claim_set_off",
    "pledge.refund_covered",
    "pledge.refund_paid",
    "pledge.refund_returned",
    "pledge.claim_written_off",
    "sponsorship.claimed",
    "sponsorship.claim_paid",
    "sponsorship.claim_set_off",
    "sponsorship.claim_written_off",
    "sponsorship.disputed",
    "sponsorship.won",
    "return.funder",
    "consent.dataset_restored",
    "consent.dataset_withdrawn",
    "consent.publisher_closed",
    "data_offer.nobody_acts",
    "consent.counted",
    "consent.taken_down",
    "consent.steward_answers",
    "moderation.restored",
}
EXPECTED = """
accepted activated alternative_sought answered appealed approved awarded called_off campaign_failed cancelled checked
closed
code_sent collected committed completed confirmed continued contracted covered credited decided declined
delivered delivery_started differed discarded disputed doubted dropped edited ended evaluated expired failed
fallen_behind finished frozen fulfilled funded goal_missed held hidden invoiced kept lapsed lost matched
method_asked missed offered opened overturned paid paid_otherwise partly_lost partly_paid partly_settled paused
payer_asked prepared processed proposed published read received refunded refused reinstated rejected renewed reopened
released removed
requested reserved restored resumed returned reversed revoked saved sent sent_back set_aside settled shortlisted
started
submitted succeeded superseded suspended taken_back taken_down upheld verified voided waited withdrawn won written_off
"""


def is_grammatical(kind: str) -> bool:
    """Whether the second part has a past participle: `charge.succeeded`, `residency.not_matched`."""
    words = kind.partition(".")[2].split("_")
    return any(word in KNOWN or word.endswith("ed") for word in words)


def verbs() -> set[tuple[str, str]]:
    """Every noun with every verb of its TRANSITIONS table."""
    return {(model.noun, verb) for model in stateful_models() for verb, _before in model.TRANSITIONS}  # type: ignore[attr-defined]


def is_record(node: ast.AST) -> bool:
    """`events.record(…)`, or a private `_record(…)` of a module that passes the kind on."""
    if not isinstance(node, ast.Call):
        return False
    return unparse(node.func) in ("events.record", "_record")


def recorded_in(text: str) -> Iterator[str]:
    """The kinds that a module records: literals of the call, or of the one name that the call takes."""
    tree = parse(text)
    calls = [node for node in walk(tree) if is_record(node)]
    firsts = [node.args[0] for node in calls if isinstance(node, ast.Call) and node.args]
    names = {first.id for first in firsts if isinstance(first, ast.Name)}
    assigned = [
        node.value
        for node in walk(tree)
        if isinstance(node, ast.Assign) and names & {unparse(target) for target in node.targets}
    ]
    for found in [*firsts, *assigned]:
        for node in walk(found):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and "." in node.value:
                yield node.value


def recorded() -> set[str]:
    """Every kind that production code, SQL or a transition records."""
    found = {event_kind(noun, verb) for noun, verb in verbs()}
    for app in ("civic", "projects", "marketplace", "datasets"):
        for path in (ROOT / app).rglob("*.py"):
            found |= set(recorded_in(path.read_text()))
        for path in (ROOT / app).rglob("sql/*.sql"):
            # By a call, or by a trigger whose argument the kind is.
            found |= set(re.findall(r"(?:core_record_event|_tell_\w+)\('([a-z_.]+)'", path.read_text()))
    return found


def test_every_verb_of_every_table_has_its_participle() -> None:
    assert {participle(verb) for _noun, verb in verbs()} == set(EXPECTED.split())


def test_every_irregular_verb_is_one_of_a_table_and_irregular() -> None:
    known = {verb for _noun, verb in verbs()}
    assert set(IRREGULAR) <= known


def test_every_kind_that_is_recorded_or_handled_follows_the_grammar() -> None:
    handled = {kind for handler in events.handlers for kind in handler.kinds}
    wrong = sorted(
        kind for kind in recorded() | handled if not KIND.fullmatch(kind) or not is_grammatical(kind)
    )
    assert not wrong


def test_every_kind_that_is_handled_is_recorded() -> None:
    handled = {kind for handler in events.handlers for kind in handler.kinds}
    assert len(handled) > 80
    assert handled <= recorded()


def test_every_notification_of_an_event_is_named_as_something_recorded() -> None:
    nouns = {kind.partition(".")[0] for kind in recorded()}
    told = {kind.slug.removesuffix("_team") for kind in notification_types} - SENTENCES
    assert {slug for slug in told if slug.partition(".")[0] in nouns} - {"comment.followed"} <= recorded()


@pytest.mark.parametrize(
    "planted",
    [
        "events.record('pledge.start', actor=None)",
        "kind = 'area.change' if known else 'area.added'\nevents.record(kind, actor=None)",
        "_record('hold.place', hold)",
    ],
)
def test_a_planted_kind_in_the_imperative_is_found(planted: str) -> None:
    assert not all(is_grammatical(kind) for kind in recorded_in(planted))
