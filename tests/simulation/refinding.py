"""Faults that were found before, put back one by one: a walk that does not find them again lacks something.

Each is taken out of the running process: a text of a function is replaced, or a view is what it was. `make simulate
REFIND=1` walks until each is found, `REFIND=M6,V1` only those; what came of it stands in docs/simulation.md.
"""

import inspect
import textwrap
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import FunctionType
from typing import Any

from django.apps import apps

from projects.proposals import endings

MATCHING = "marketplace.matching.operations"


@dataclass(frozen=True)
class Change:
    """One text of one function (`module:name`, or `module:class.name`), and what stands there instead."""

    where: str
    mend: str
    before: str

    def function(self) -> FunctionType:
        """The function as it runs."""
        module, _colon, name = self.where.partition(":")
        found: Any = import_module(module)
        for part in name.split("."):
            found = getattr(found, part)
        assert isinstance(found, FunctionType), self.where
        return found

    def source(self) -> str:
        """Its text. Raises ValueError where the mend is not in it, once: then this table has to follow the code."""
        text = textwrap.dedent(inspect.getsource(self.function()))
        if text.count(self.mend) != 1:
            raise ValueError(f"{self.where} has the mend {text.count(self.mend)} times")
        return text

    @contextmanager
    def made(self) -> Iterator[None]:
        """Wherever the function is known by now, it runs as it was before its mend."""
        function, namespace = self.function(), dict[str, Any]()
        text = self.source().replace(self.mend, self.before)
        exec(compile(text, function.__code__.co_filename, "exec"), function.__globals__, namespace)
        mended = function.__code__
        function.__code__ = namespace[function.__name__].__code__
        try:
            yield
        finally:
            function.__code__ = mended


@dataclass(frozen=True)
class Mend:
    """What a finding's mend is in the code of today; `view` is an app's SQL file with the view as it was before."""

    said: str
    changes: tuple[Change, ...] = ()
    view: tuple[str, str] | None = None
    dependant: str = ""

    @contextmanager
    def taken_out(self) -> Iterator[None]:
        """The fault is back."""
        with ExitStack() as stack:
            for change in self.changes:
                stack.enter_context(change.made())
            if self.dependant:
                stack.enter_context(endings.dependants.temporarily(without=[self.dependant]))
            yield

    def sql(self) -> str:
        """What puts the view back as it was."""
        if self.view is None:
            return ""
        app, name = self.view
        text = (Path(apps.get_app_config(app).path) / "sql" / name).read_text()
        return text.replace("CREATE VIEW", "CREATE OR REPLACE VIEW")


CLOSING = "marketplace.campaigns.operations.closing"
REFRESH = Change(f"{CLOSING}:settle", "goal.refresh(current, at)", "pass")
FALLEN = Change(
    f"{MATCHING}.matching:commit_match",
    "ratio.give_back(allocation, ratio.fallen_away(allocation, at), at)",
    "pass",
)
TWICE = Change(
    "marketplace.payouts.operations.losses:unborne",
    "int(cost) - claimed",
    "int(cost)",
)
OWNERS = "marketplace.campaigns.charge_owners"
OWN_COUNT = """text = None
    longest = most_choices(self.call) or len(self.projects)
    names = {project.pk: project.ballot_number for project in self.projects}
    from projects.voting.election import Candidate
    from projects.voting.models import Ballot
    ranked = str(self.call.ballot_kind) == "ranking"
    return Election.of(
        budget=self.call.budget_minor // self.unit_minor,
        candidates=[
            Candidate(project.ballot_number, self.costs[project] // self.unit_minor, project.title)
            for project in self.projects
        ],
        ballots=[
            {
                names[line.project_id]: longest + 1 - line.value if ranked else (line.value if self._by_points else 1)
                for line in ballot.lines.all() if line.project_id in names
            }
            for ballot in Ballot.objects.filter(call=self.call).live().prefetch_related("lines")
        ],
    )
    with TemporaryFile() as text:"""

MENDS: dict[str, Mend] = {
    "M1": Mend(
        "a match of gifts that were not paid counts for the goal",
        (REFRESH, FALLEN),
        ("matching", "standing.sql"),
    ),
    "M2": Mend(
        "a threshold's sum counts though its backers did not pay",
        (
            REFRESH,
            Change(
                f"{MATCHING}.threshold:reduce",
                "if minor := owed_back(allocation):",
                "if minor := 0:",
            ),
        ),
        # What of a threshold counts is asked when the campaign is settled, by the view, and after it has succeeded.
        ("matching", "standing_0006.sql"),
    ),
    "M3": Mend(
        "quadratic shares follow promises",
        (
            Change(
                f"{MATCHING}.quadratic_allocation:settle",
                "as_it_stands(fund, fund.published_input or {}, fund.frozen_pledges or [], at)",
                "Input(fund.published_input or {}, fund.frozen_pledges or [], {})",
            ),
            Change(
                f"{MATCHING}.quadratic_share:follow",
                "if allocation.state == AllocationState.ESTIMATED:",
                "if True:",
            ),
        ),
    ),
    "M4": Mend(
        "a sponsor's lost dispute is not heard",
        (
            Change(
                "marketplace.invoicing.charge_owners:InvoiceCharges.lost",
                "payments.reverse(Invoice.objects.get(pk=key), charge, at=at)",
                "return",
            ),
        ),
    ),
    "M5": Mend(
        "one row that fails stops the clock's task",
        (Change("civic.core.row_steps:each", 'log.exception("the step for %r failed", row)', "raise"),),
    ),
    "M6": Mend(
        "a lost dispute takes what was refunded before from other backers",
        (
            TWICE,
            Change(
                "marketplace.payments.operations.disputes:lost",
                "min(left, ledger.available(account), left_before)",
                "min(left, ledger.available(account))",
            ),
        ),
    ),
    "M7": Mend(
        "a failed project goes on charging its monthly backers",
        (Change(f"{CLOSING}:end_with_project", "instalments.stop(pledge, at)", "pass"),),
    ),
    "M19": Mend("campaigns do not hear that their project has ended", dependant="campaigns"),
    "M20": Mend(
        "a monthly pledge goes on though its first payment is gone",
        (
            Change(f"{OWNERS}:PledgeCharges._fall_away", "instalments.end(pledge, at)", "return"),
            # A month also asks the rows, since that may not be heard yet.
            Change(
                "marketplace.campaigns.operations.instalments:_collect",
                "if charges.is_gone(pledge.purpose):",
                "if False:",
            ),
        ),
    ),
    "M21": Mend(
        "a won dispute moves a monthly pledge that was collected before",
        (
            Change(
                "marketplace.campaigns.operations.pledge_payments:_arrived",
                'pledge.collected_at is None and pledge.can("succeed")',
                'pledge.can("succeed")',
            ),
        ),
    ),
    "M22": Mend(
        "sponsors of a cancelled project are invoiced all the same",
        (Change(f"{CLOSING}:end_with_project", "if source.abandoned:", "if False:"),),
    ),
    "M23": Mend(
        "a project that nobody can be paid for raises money",
        (
            Change(
                "marketplace.campaigns.operations.campaigns:open_campaign",
                "if why := conditions.why_unpayable(project):",
                "if why := None:",
            ),
        ),
    ),
    "M26": Mend(
        "a payout asks for a match that was shared out since its acceptance",
        (
            Change(
                "marketplace.payouts.operations.payouts:request_payout",
                "_gather(lock_exclusive(payout.campaign), at)",
                "lock_exclusive(payout.campaign)",
            ),
            Change(
                "marketplace.payouts.operations.payouts:_release",
                "min(due(payout.milestone, campaign, payout).minor, there)",
                "due(payout.milestone, campaign, payout).minor",
            ),
        ),
    ),
    "V1": Mend(
        "rankings are counted by an encoding of their own",
        (
            Change(
                "projects.voting.ballot_box:BallotBox.election", "with TemporaryFile() as text:", OWN_COUNT
            ),
        ),
    ),
    "I7": Mend(
        "who is verified as somebody else frees all earlier marks",
        (
            Change(
                "civic.accounts.operations.residency:verify",
                'earlier.filter(**{column: mark}).update(**{column: ""})',
                'earlier.update(**{column: ""})',
            ),
        ),
    ),
}


def asked_for(names: str) -> list[str]:
    """The findings of `REFIND=M6,V1`, or all of them."""
    wanted = [name for name in names.split(",") if name in MENDS]
    return wanted or list(MENDS)
