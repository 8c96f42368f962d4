"""What `make test` prints of its costs: each kind's CPU counts once, and together they are what the run has cost."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import costs

# A "browser" of two processes, the second of which nobody waits for; it outlives its test and ends after the last one.
SCENE = """
import subprocess, sys
import pytest

PAGE = "import time\\nwhile time.process_time() < 0.6: pass\\nprint(flush=True)\\ninput()"
BROWSER = f"import subprocess, sys; subprocess.Popen([sys.executable, '-S', '-c', {PAGE!r}]); {PAGE}"


@pytest.fixture(scope="session")
def started():
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-S", "-c", BROWSER], **pipes) as browser:
        for _process in range(2):
            browser.stdout.readline()
        yield
        browser.kill()


@pytest.mark.browser
def test_a_page(started):
    pass


def test_a_sum():
    pass
"""
PYTEST = (sys.executable, "-m", "pytest", "-q", "-p", "no:django", "-p", "tests.costs")


def test_each_kind_counts_once(tmp_path: Path) -> None:
    scene = tmp_path / "test_scene.py"
    scene.write_text(SCENE)
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers = browser: drives a browser\n")
    before = costs.waited_for()
    done = subprocess.run(
        [*PYTEST, "--rootdir", tmp_path, scene],
        env=os.environ | {"TEST_SERVER": "", "CIVIC_DATA_DIR": str(tmp_path), "PYTHONPATH": str(Path.cwd())},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads((tmp_path / "test-costs.json").read_text())
    whole = costs.waited_for() - before + told["unwaited"]
    assert told["kinds"]["browser"] == pytest.approx(1.2, abs=0.3)
    assert told["unwaited"] == pytest.approx(0.6, abs=0.2)
    assert abs(told["kinds"]["unit and database"]) < 0.2
    assert 0 < whole - sum(told["kinds"].values()) < whole - 1
