import random
from fractions import Fraction

import pytest
from hypothesis import given, settings

from projects.voting import pabulib, rules
from projects.voting.election import Candidate, Election
from projects.voting.rules.outcome import Outcome, Why
from projects.voting.rules.shares import Shares
from projects.voting.ties import commitment, draw, precedence
from tests.voting.elections import real, selected, small_elections
from tests.voting.naive import equal_shares_add1


def election(budget: int, costs: dict[str, int], *ballots: str) -> Election:
    """An approval election; a ballot is the letters of the projects it approves."""
    return Election.of(
        budget=budget,
        candidates=[Candidate(name, cost) for name, cost in costs.items()],
        ballots=[dict.fromkeys(ballot, 1) for ballot in ballots],
    )


def lost(outcome: Outcome, project: str):
    return next(loss for loss in outcome.losses if loss.project == project)


def bought(some: Election) -> list[tuple[str, bool]]:
    return [(turn.project, turn.tie) for turn in rules.tally(some, rule="equal-shares").rounds]


def test_lodz_2022_by_greedy_is_what_the_city_selected():
    path = real("poland_lodz_2022")
    outcome = rules.tally(pabulib.read_election(path), rule="greedy")
    assert set(outcome.winners) == selected(path)
    assert len(outcome.winners) == 16


def test_wieliczka_2023_by_equal_shares_is_what_the_city_selected():
    path = real("poland_wieliczka_2023")
    outcome = rules.tally(pabulib.read_election(path), rule="equal-shares")
    assert set(outcome.winners) == selected(path)
    assert len(outcome.winners) == 30
    assert outcome.facts["share_raised"] == 164


def test_gdansk_2020_loads_and_is_counted():
    outcome = rules.tally(pabulib.read_election(real("poland_gdansk_2020")), rule="greedy")
    assert outcome.voters == 30_237
    assert outcome.cost <= outcome.budget


@settings(max_examples=400, deadline=None)
@given(small_elections())
def test_equal_shares_is_the_naive_rule_for_approvals(some):
    assert bought(some) == equal_shares_add1(some)


@settings(max_examples=300, deadline=None)
@given(small_elections(points=True))
def test_equal_shares_is_the_naive_rule_for_points(some):
    assert bought(some) == equal_shares_add1(some)


@settings(max_examples=100, deadline=None)
@given(small_elections(points=True))
def test_no_rule_spends_more_than_the_budget(some):
    for name in rules.RULES:
        outcome = rules.tally(some, rule=name)
        assert outcome.cost <= some.budget
        assert {turn.project for turn in outcome.rounds}.isdisjoint(loss.project for loss in outcome.losses)
        assert len(outcome.rounds) + len(outcome.losses) == len(some.candidates)


@settings(max_examples=100, deadline=None)
@given(small_elections())
def test_a_price_system_carries_the_result(some):
    """Priceability: supporters alone pay each winner, none beyond the share; no loser could be paid."""
    shares = Shares(some, precedence(some, ""))
    run = shares.run(0)
    spent = some.voters * run.share - _left(some, run)
    assert spent == run.cost
    bought = {purchase.place for purchase in run.purchases}
    assert all(run.remaining[place] < shares.costs[place] for place in shares.eligible if place not in bought)


def _left(some: Election, run) -> Fraction:
    """Money left over all voters, replayed from the published prices alone."""
    left = Fraction(0)
    for ballot, times in some.ballots.items():
        money, named = run.share, dict(ballot)
        for purchase in run.purchases:
            if purchase.place in named:
                money -= min(money, purchase.price * named[purchase.place])
        assert money >= 0
        left += money * times
    return left


@settings(max_examples=100, deadline=None)
@given(small_elections())
def test_the_order_of_projects_and_ballots_does_not_matter(some):
    turned = Election.of(
        budget=some.budget,
        candidates=some.candidates[::-1],
        ballots=[
            {some.candidates[place].id: score for place, score in ballot}
            for ballot, times in reversed(some.ballots.items())
            for _ in range(times)
        ],
    )
    assert turned.digest() == some.digest()
    for name in rules.RULES:
        assert rules.tally(turned, rule=name).winners == rules.tally(some, rule=name).winners


def test_new_names_change_nothing_but_the_names():
    votes = ("ab", "ab", "b", "bc", "c", "ca", "b")
    costs = {"a": 30, "b": 25, "c": 41}
    before = election(70, costs, *votes)
    renamed = election(
        70, {name.upper(): cost for name, cost in costs.items()}, *[vote.upper() for vote in votes]
    )
    for name in rules.RULES:
        winners = rules.tally(before, rule=name).winners
        assert rules.tally(renamed, rule=name).winners == tuple(winner.upper() for winner in winners)


def test_skipping_steps_gives_what_every_single_step_gives():
    """So far from the budget that Add1 takes thousands of steps, most of them skipped."""
    some = election(9_000, {"a": 4_000, "b": 8_999, "c": 1}, "a", "a", "ab", "b", "bc")
    assert bought(some) == equal_shares_add1(some)


def test_greedy_says_how_many_votes_were_missing():
    some = election(10, {"a": 6, "b": 6, "c": 4, "d": 11, "e": 1}, "ab", "ab", "a", "a", "c", "d")
    outcome = rules.tally(some, rule="greedy")
    assert outcome.winners == ("a", "c")
    assert (
        lost(outcome, "b").more_supporters == 2
    )  # as many as a then, at the same cost, and before it by the draw
    assert lost(outcome, "b").missing == "2"
    assert lost(outcome, "d").why is Why.TOO_COSTLY
    assert lost(outcome, "e").why is Why.NO_SUPPORT


def test_greedy_counts_the_votes_a_loser_needed():
    """Giving the loser exactly that many more votes makes it win; one fewer does not."""
    costs = {"a": 7, "b": 5, "c": 4, "d": 3}
    votes = ["a"] * 9 + ["b"] * 6 + ["c"] * 4 + ["d"] * 2
    missing = lost(rules.tally(election(12, costs, *votes), rule="greedy"), "c").more_supporters
    assert missing is not None
    assert "c" in rules.tally(election(12, costs, *votes, *["c"] * missing), rule="greedy").winners
    assert "c" not in rules.tally(election(12, costs, *votes, *["c"] * (missing - 1)), rule="greedy").winners


@pytest.mark.parametrize("seed", range(60))
def test_greedy_counts_the_votes_that_any_loser_needed_v7(seed):
    """Also of one that nobody voted for: with so many it wins, with one fewer it does not."""
    chance = random.Random(seed)
    costs = {name: chance.randint(1, 30) for name in "abcdef"}
    votes = ["".join(name for name in costs if chance.random() < 0.3) or "a" for _ in range(9)]
    outcome = rules.tally(election(50, costs, *votes), rule="greedy")
    for loss in outcome.losses:
        if missing := loss.more_supporters:
            won = [
                loss.project
                in rules.tally(election(50, costs, *votes, *[loss.project] * n), rule="greedy").winners
                for n in (missing - 1, missing)
            ]
            assert won == [False, True], (loss, costs, votes)


def test_equal_shares_says_how_many_shares_were_missing():
    some = election(100, {"a": 50, "b": 60}, "a", "a", "b", "b")
    outcome = rules.tally(some, rule="equal-shares")
    assert outcome.winners == ("a",)
    assert outcome.facts == {"share": "29", "share_raised": 4, "next_share_would_cost": 110}
    assert (lost(outcome, "b").available, lost(outcome, "b").missing) == ("58", "2")
    assert (lost(outcome, "b").more_supporters, lost(outcome, "b").share_raise) == (None, 1)


@settings(max_examples=150, deadline=None)
@given(small_elections())
def test_the_raise_that_is_named_pays_and_one_less_does_not_v7(some):
    outcome = rules.tally(some, rule="equal-shares")
    shares, final = Shares(some, precedence(some, "")), int(outcome.facts["share_raised"])
    names = {candidate.id: place for place, candidate in enumerate(some.candidates)}
    for loss in outcome.losses:
        assert (loss.share_raise is None) == (loss.why != Why.SHARES_SHORT)
        for more, pays in [(loss.share_raise, True), (loss.share_raise and loss.share_raise - 1, False)]:
            if more is not None:
                bought = {purchase.place for purchase in shares.run(final + more).purchases}
                assert (names[loss.project] in bought) is pays


def test_leftover_is_spent_by_score_only_by_the_rule_of_that_name():
    some = election(100, {"a": 60, "b": 50, "c": 30}, "a", "a", "a", "b", "b", "c")
    assert set(rules.tally(some, rule="equal-shares").winners) == {"a"}
    assert rules.tally(some, rule="equal-shares-leftover").winners == ("a", "c")


def test_ties_go_by_votes_then_cost_then_the_draw():
    some = election(10, {"a": 10, "b": 10}, "a", "b")
    first = {seed: rules.tally(some, rule="greedy", seed=seed).winners for seed in ("1", "2", "3", "4", "5")}
    assert {winner for (winner,) in first.values()} == {"a", "b"}
    for seed, (winner,) in first.items():
        assert draw(seed, winner) == min(draw(seed, "a"), draw(seed, "b"))
    assert rules.tally(election(10, {"a": 10, "b": 9}, "a", "b"), rule="greedy").winners == ("b",)


def test_the_commitment_is_the_plain_hash_of_the_seed():
    assert commitment("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_blank_ballots_keep_their_share():
    with_blank = election(100, {"a": 50}, "a", "", "")
    assert with_blank.voters == 3
    assert rules.tally(with_blank, rule="equal-shares").facts["share_raised"] == 17


@pytest.mark.parametrize("rule", sorted(rules.RULES))
def test_an_election_without_ballots_elects_nobody(rule):
    outcome = rules.tally(election(100, {"a": 50}), rule=rule)
    assert outcome.winners == ()
    assert lost(outcome, "a").why is Why.NO_SUPPORT
