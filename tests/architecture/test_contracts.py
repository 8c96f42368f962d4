"""Every import contract is broken by a planted violation, and a slice that no contract names is found."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

HOUSE = Path(settings.BASE_DIR)
PACKAGES = ("civic", "projects", "marketplace", "datasets")
CONTRACTS = tomllib.loads((HOUSE / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]

PLANTED = {
    "stack": ("projects/calls/policies.py", "import projects.voting.apps"),
    "slice": ("projects/calls/states.py", "import projects.calls.operations"),
    "interface": ("projects/voting/apps.py", "import civic.accounts.tasks"),
    "embedded": ("civic/embedded/places.py", "import civic.settings.environment"),
    "counting": ("projects/voting/rules/greedy.py", "import civic.core.money"),
    "stripe": ("projects/calls/operations.py", "import stripe"),
}


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packages alone, where a violation can be planted."""
    copy = tmp_path_factory.mktemp("house")
    for package in PACKAGES:
        ignored = shutil.ignore_patterns("__pycache__", "content", "*.sql")
        shutil.copytree(HOUSE / package, copy / package, ignore=ignored)
    shutil.copytree(HOUSE / "tests" / "architecture", copy / "tests" / "architecture")
    (copy / "tests" / "__init__.py").touch()
    shutil.copy(HOUSE / "pyproject.toml", copy)
    return copy


def broken_contracts(house: Path) -> set[str]:
    """Ids of the contracts that import-linter finds broken."""
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as lint; lint()"]
    done = subprocess.run(
        [*command, "--no-cache", "--no-logo"], cwd=house, capture_output=True, text=True, check=False
    )
    assert "Contracts:" in done.stdout, done.stdout + done.stderr
    return {
        contract["id"]
        for contract in CONTRACTS
        if f"{contract['name']} BROKEN" in done.stdout.replace("\n", " ")
    }


def test_the_house_keeps_its_contracts(copy: Path) -> None:
    assert broken_contracts(copy) == set()


@pytest.mark.parametrize("contract", [contract["id"] for contract in CONTRACTS])
def test_a_planted_violation_breaks_the_contract(copy: Path, contract: str) -> None:
    place, violation = PLANTED[contract]
    file = copy / place
    before = file.read_text()
    file.write_text(f"{before}\n{violation}\n")
    try:
        assert contract in broken_contracts(copy)
    finally:
        file.write_text(before)


def test_every_slice_stands_in_the_contracts() -> None:
    slices = {config.name for config in apps.get_app_configs() if config.name.partition(".")[0] in PACKAGES}
    stack, inside = CONTRACTS[0], CONTRACTS[1]
    placed = {name.strip(" ()") for layer in stack["layers"] for name in layer.split("|")}
    assert slices <= placed
    assert slices - {"civic.core"} == set(inside["containers"])
