"""How a tie between projects is decided, by a rule everybody can read before voting opens.

1. more votes (the higher sum of scores) wins;
2. then the lower cost;
3. then the draw: the lower SHA-256 of `seed:project id`. The city publishes the SHA-256 of the seed before
   voting opens and the seed itself with the result, so that nobody can choose it after seeing the votes. An
   election file on its own has no seed; its draw uses the empty one.
"""

import hashlib

from projects.voting.election import Election


def draw(seed: str, candidate_id: str) -> str:
    """The candidate's number in the draw (hex); the lowest wins."""
    return hashlib.sha256(f"{seed}:{candidate_id}".encode()).hexdigest()


def commitment(seed: str) -> str:
    """What is published before voting opens to bind the city to a seed (hex SHA-256)."""
    return hashlib.sha256(seed.encode()).hexdigest()


def precedence(election: Election, seed: str) -> tuple[int, ...]:
    """Each candidate's place in the tie order, 0 first. It is also the order of the greedy rule."""

    def key(place: int) -> tuple[int, int, str]:
        candidate = election.candidates[place]
        return -election.scores[place], candidate.cost, draw(seed, candidate.id)

    places = [0] * len(election.candidates)
    for rank, place in enumerate(sorted(range(len(places)), key=key)):
        places[place] = rank
    return tuple(places)
