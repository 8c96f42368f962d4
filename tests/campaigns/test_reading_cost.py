"""The ends of a campaign can be read in one sitting: few functions, in few files; `make bench` prints the counts."""

import pytest

from bench import size

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_at")]


def test_the_ends_of_a_campaign_stay_short() -> None:
    for what, work, functions, files in size.ends_of_campaigns():
        met = size.entered(work)
        path = "\n".join(f"{file}: {name}" for file, name in sorted(met))
        assert len(met) <= functions, f"{what}: {len(met)} functions\n{path}"
        assert len({file for file, _name in met}) <= files, f"{what}:\n{path}"
        # The operation itself, the lock, the figures and the match are on any such path: the tracer works.
        assert {"lock_exclusive", "counted", "release_match", "lapse_for"} <= {name for _file, name in met}
