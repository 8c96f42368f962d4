"""Real elections from the shared data, and random small ones; a missing shared folder is a visible skip."""

from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import strategies as st

from projects.voting.election import Candidate, Election

SHARED = Path(settings.BASE_DIR).parent / "shared" / "data" / "pabulib"


def real(name: str) -> Path:
    """The path of a real election file."""
    path = SHARED / f"{name}.pb"
    if not path.exists():
        pytest.skip(f"no real election at {path}")
    return path


def selected(path: Path) -> set[str]:
    """The projects that the city marked as selected in the file."""
    from projects.voting import pabulib

    with path.open("rb") as stream:
        document = pabulib.read(stream, path.name)
    return {row.id for row in document.projects.values() if row.fields["selected"] == "1"}


@st.composite
def small_elections(draw: st.DrawFn, *, points: bool = False) -> Election:
    """Elections small enough for a naive rule, in which ties and near misses are common."""
    count = draw(st.integers(1, 6))
    costs = draw(st.lists(st.sampled_from([0, 1, 2, 3, 4, 6, 7, 12, 30]), min_size=count, max_size=count))
    score = st.integers(0, 4) if points else st.integers(0, 1)
    ballots = draw(st.lists(st.lists(score, min_size=count, max_size=count), min_size=1, max_size=8))
    names = [f"p{place}" for place in range(count)]
    return Election.of(
        budget=draw(st.integers(0, 40)),
        candidates=[Candidate(name, cost) for name, cost in zip(names, costs, strict=True)],
        ballots=[dict(zip(names, ballot, strict=True)) for ballot in ballots],
    )
