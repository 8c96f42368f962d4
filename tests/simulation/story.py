"""One bad year of the city, told in plain English: `make simulate STORY=1`.

Cards decline, a sponsor disputes, a project fails, a steward errs and mends it, somebody erases the account. At the end
a stranger verifies ledger, winners and refunds from downloads alone. Each step is one of a walk, and judged as there.
"""

import io
import json
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.db.models import Model
from django.test import Client

from civic.accounts import groups
from civic.accounts.models import Area, Organisation, Person, Residency
from marketplace.campaigns.models import Campaign
from marketplace.invoicing.models import Invoice
from marketplace.payments.models import Charge, DemoPayment
from marketplace.payouts.models import Return
from marketplace.sponsorship.models import Package, Sponsorship
from projects.calls.models import Call
from projects.proposals.models import Project
from projects.voting import pabulib, rules
from tests.simulation.engine import Step, Walk, verbs
from tests.simulation.slices.residency import DOMAIN

SEED = "a bad year"
VERIFIER = Path(settings.BASE_DIR) / "marketplace" / "ledger" / "verify.py"


@dataclass
class Story:
    """A walk whose steps are chosen, and what is said of them."""

    walk: Walk
    say: Callable[[str], None]
    chance: random.Random = field(default_factory=lambda: random.Random(SEED))

    def tell(self, words: str) -> None:
        """A line, with the day of the city."""
        self.say(f"{self.walk.city.clock.at:%d %B}  {words}")

    def do(self, verb: str, words: str = "", **wanted: Any) -> None:
        """Takes a step, with arguments of the seed where none is wanted, and says what it was."""
        outcome = self.attempt(verb, **wanted)
        assert outcome == "done", f"{verb}: {outcome}"
        if words:
            self.tell(words)

    def attempt(self, verb: str, **wanted: Any) -> str:
        """Takes a step that may be refused; returns what became of it."""
        args = {name: str(it.pk) if isinstance(it, Model) else it for name, it in wanted.items()}
        args = verbs[verb].draw(self.chance, args)
        self.walk.steps.append(Step(len(self.walk.steps), self.walk.city.clock.at, verb, args))
        return self.walk.take(self.walk.steps[-1])

    def wait(self, days: int) -> None:
        """Days pass, and the clock's tasks do what comes due."""
        self.do("hop", hours=days * 24)


def people() -> dict[str, Person]:
    """Those whom the story is about, by their first names."""
    residents = Person.objects.filter(is_staff=False, memberships=None).exclude(email__endswith=DOMAIN)
    found = dict(zip(("Ada", "Ben", "Cleo"), residents.order_by("pk")[:3], strict=True))
    owner = Person.objects.filter(memberships__organisation__kind=Organisation.Kind.COMMUNITY)
    found["Emil"] = owner.earliest("pk")
    found["Zofia"] = Person.objects.get(email=f"a0@{DOMAIN}")
    for name, person in found.items():
        Person.objects.filter(pk=person.pk).update(name=name)
    return found


def officers(group: str) -> list[Person]:
    """Two of a group, who decide together."""
    return list(Person.objects.filter(groups__name=group).order_by("pk")[:2])


def begin(story: Story, who: dict[str, Person], title: str, goal: int, *, days: int = 8) -> Campaign:
    """Emil's club raises money for a project."""
    [manager, _other] = officers(groups.PROGRAMME_MANAGERS)
    story.do("start_project", author=who["Emil"], with_organisation=True)
    project = Project.objects.latest("created_at", "pk")
    Project.objects.filter(pk=project.pk).update(title=title)
    story.do(
        "open_campaign",
        f"“{title}” asks for {goal // 100} euros; all or nothing.",
        officer=manager,
        project=project,
        goal=goal,
        rule=Campaign.Rule.ALL_OR_NOTHING,
        days=days,
        cap=None,
        sponsors=5_000,
    )
    return project.campaigns.get()


def give(story: Story, who: Person, name: str, campaign: Campaign, amount: int, behaviour: str) -> None:
    """A pledge by card."""
    story.do(
        "back",
        f"{name} pledges {amount // 100} euros; the card is saved and charged only if the goal is reached.",
        backer=who,
        campaign=campaign,
        amount=amount,
        months=1,
        anonymous=False,
        behaviour=behaviour,
    )


def cards_decline(story: Story, who: dict[str, Person]) -> Campaign:
    """A campaign is reached by promises, and missed by money."""
    bench = begin(story, who, "A bench by the river", 100_00)
    give(story, who["Ada"], "Ada", bench, 60_00, "works")
    give(story, who["Ben"], "Ben", bench, 40_00, "declines")
    story.wait(8)
    story.tell(
        "The campaign ends with 100 euros promised. Ada is charged; Ben’s card declines, and he is asked to pay."
    )
    story.wait(20)
    bench.refresh_from_db()
    story.tell(
        f"Nobody has paid Ben’s 40 euros: the campaign has {bench.get_state_display()}, and Ada gets her 60 back."
    )
    return bench


def sponsor_disputes(story: Story, who: dict[str, Person]) -> Campaign:
    """A campaign succeeds with a sponsor, whose bank takes the money back."""
    [finance, _other] = officers(groups.FINANCE_OFFICERS)
    trees = begin(story, who, "Trees on the square", 80_00)
    story.do("plan", project=trees.project, shares=[10_000])
    sponsor = Organisation.objects.filter(kind=Organisation.Kind.BUSINESS).earliest("pk")
    package = Package.objects.get(campaign=trees)
    story.do("offer", f"{sponsor.name} offers to sponsor it.", package=package, sponsor=sponsor)
    mine = Sponsorship.objects.get(package=package)
    story.do("check", sponsorship=mine, officer=finance)
    story.do("contract", "It is checked for ties, and the terms are accepted.", sponsorship=mine)
    give(story, who["Ada"], "Ada", trees, 30_00, "works")
    give(story, who["Cleo"], "Cleo", trees, 30_00, "works")
    story.wait(8)
    trees.refresh_from_db()
    story.tell(f"The campaign has {trees.get_state_display()}.")
    story.do("issue", "The city issues the invoice.", sponsorship=mine, officer=finance)
    story.do("pay_invoice", invoice=Invoice.objects.get(sponsorship=mine))
    story.do("work", seconds=60)
    payment = DemoPayment.objects.filter(status=DemoPayment.Status.OPEN).latest("pk")
    story.do("decide", payment=payment, status=DemoPayment.Status.PAID, behaviour="works")
    story.do("work", "The sponsor pays it by card.", seconds=60)
    story.wait(14)
    charge = Charge.objects.get(purpose__startswith="invoice:", provider="demo")
    story.do("dispute", "Two weeks later the sponsor’s bank takes the money back.", charge=charge, part=1)
    story.do("work", seconds=60)
    story.do("decide_dispute", charge=charge, end=DemoPayment.Status.LOST, part=1)
    story.wait(2)
    mine.refresh_from_db()
    story.tell(f"The city loses the dispute; the sponsorship is {mine.get_state_display()} again, and owed.")
    return trees


def project_fails(story: Story, trees: Campaign) -> None:
    """What a failed project has goes back to those who gave it, by two people."""
    [manager, _other] = officers(groups.PROGRAMME_MANAGERS)
    finance, other = officers(groups.FINANCE_OFFICERS)
    story.do("start_delivery", "Work begins.", officer=manager, project=trees.project)
    story.do(
        "fail",
        "The ground is polluted: the city gives the project up.",
        officer=manager,
        project=trees.project,
    )
    story.wait(1)
    story.do(
        "propose_return", "One officer proposes to give back what is left,", officer=finance, campaign=trees
    )
    proposed = Return.objects.get(campaign=trees)
    story.do("confirm_return", "another confirms it.", officer=other, returned=proposed)
    story.wait(2)


def steward_errs(story: Story, who: dict[str, Person]) -> None:
    """A request is rejected by mistake, and put right at the desk."""
    [steward, other] = officers(groups.DATA_STEWARDS)
    area = Area.objects.get(name="Old Town")
    story.do(
        "ask_letter",
        "Zofia asks for a letter to confirm where she lives.",
        person=who["Zofia"],
        area=area,
        name="own",
        house=1,
    )
    asked = Residency.objects.get(person=who["Zofia"])
    story.do(
        "reject_residency",
        "A steward mistakes the house and rejects it; Zofia is written to.",
        steward=steward,
        asked=asked,
    )
    story.wait(1)
    story.do(
        "verify_at_desk",
        "She comes to the desk with her papers, and another steward verifies her.",
        steward=other,
        person=who["Zofia"],
        area=area,
    )


def people_vote(story: Story, who: dict[str, Person]) -> Call:
    """A vote, in which those take part whom the city knows."""
    story.do(
        "start_vote",
        "A call begins to vote: four projects, money for two.",
        kind="approval",
        rule="greedy",
        days=3,
        cost=40_00,
        least_age=None,
        district="",
    )
    call = Call.objects.get(slug__startswith="vote-")
    for name, order in (("Zofia", [0, 1, 2, 3]), ("Ada", [0, 2, 1, 3]), ("Ben", [2, 3, 0, 1])):
        story.do("cast", f"{name} votes.", person=who[name], call=call, order=order, most=2)
    story.wait(4)
    call.refresh_from_db()
    story.tell(f"The ballots are sealed and counted: the call is {call.get_state_display()}.")
    return call


def account_goes(story: Story, who: dict[str, Person]) -> None:
    """Somebody erases the account."""
    story.do("request_erasure", "Cleo asks for her account to be erased.", person=who["Cleo"], closes=True)
    story.wait(8)
    who["Cleo"].refresh_from_db()
    assert who["Cleo"].erased_at
    story.tell("A week later it is: nothing says any more who gave her 30 euros.")


def stranger(story: Story, campaigns: dict[str, Campaign], call: Call) -> None:
    """Somebody whom nobody knows downloads three files and recomputes them."""
    client = Client()

    def download(address: str) -> bytes:
        answer = client.get(address)
        assert answer.status_code == 200, address
        return b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[arg-type]

    ledger = download("/money/ledger/export/")
    with TemporaryDirectory() as folder:
        kept = Path(folder) / "ledger.jsonl"
        kept.write_bytes(ledger)
        told = subprocess.run(
            [sys.executable, "-I", str(VERIFIER), str(kept), "--on", f"{story.walk.city.clock.at:%Y-%m-%d}"],
            capture_output=True,
            check=True,
        )
    story.tell(f"A stranger runs verify.py on the ledger’s export: {told.stdout.decode().splitlines()[0]}")
    election = pabulib.election(
        pabulib.read(io.BytesIO(download(f"/calls/{call.slug}/results/ballots.pb")), "ballots.pb")
    )
    published = json.loads(download(f"/api/v1/calls/{call.slug}/results/"))
    winners = list(rules.tally(election, rule="greedy", seed=published["seed"]).winners)
    assert winners == list(call.tally.trace["winners"])
    story.tell(f"They count the published ballots: projects {', '.join(winners)} win, as the city says.")
    moved: Counter[tuple[str, bool]] = Counter()
    for line in map(json.loads, ledger.decode().splitlines()):
        for code, _currency, amount in line.get("entry", {}).get("postings", []):
            moved["/".join(code.split("/")[:2]), amount > 0] += abs(amount)
    for title, campaign in campaigns.items():
        own = f"campaign/{campaign.pk}"
        came, went = moved[own, False], moved[own, True]
        assert came == went, (title, came, went)
        story.tell(f"By the ledger, all that came for “{title}” has left its accounts again: it went back.")


def tell(walk: Walk, say: Callable[[str], None]) -> None:
    """The year, from its first day to its last. Raises Violation, or AssertionError where it comes out otherwise."""
    story = Story(walk, say)
    who = people()
    bench = cards_decline(story, who)
    trees = sponsor_disputes(story, who)
    project_fails(story, trees)
    steward_errs(story, who)
    call = people_vote(story, who)
    account_goes(story, who)
    story.do("hop", hours=24 * 2)
    stranger(story, {"A bench by the river": bench, "Trees on the square": trees}, call)
    walk.end()
    story.tell("400 days later nothing hangs: no charge, no refund, no message, no vote.")
