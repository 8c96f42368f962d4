"""Every import contract is broken by a planted violation, and a slice that no contract names is found."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from tests.architecture.circles import PACKAGES

ROOT = Path(settings.BASE_DIR)
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]

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
        shutil.copytree(ROOT / package, copy / package, ignore=ignored)
    shutil.copytree(ROOT / "tests" / "architecture", copy / "tests" / "architecture")
    (copy / "tests" / "__init__.py").touch()
    shutil.copy(ROOT / "pyproject.toml", copy)
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


def test_a_module_of_a_slice_that_no_layer_names_breaks_the_contract(copy: Path) -> None:
    file = copy / "projects/calls/oddities.py"
    file.write_text('"""A module without a place."""\n')
    try:
        assert broken_contracts(copy) == {"slice"}
    finally:
        file.unlink()


def circle_of_files(house: Path) -> str:
    """One circle of files as `tests.architecture.circles` prints it; empty where there is none."""
    command = [sys.executable, "-m", "tests.architecture.circles"]
    return subprocess.run(command, cwd=house, capture_output=True, text=True, check=True).stdout


def test_no_files_import_each_other_in_a_circle() -> None:
    assert circle_of_files(ROOT) == ""


def test_a_planted_circle_of_files_is_found(copy: Path) -> None:
    """Also one within a layer, and inside a function, where no contract sees it."""
    files = [copy / f"projects/calls/templatetags/{name}.py" for name in ("one", "two")]
    files[0].write_text("import projects.calls.templatetags.two\n")
    files[1].write_text("def late():\n    import projects.calls.templatetags.one\n")
    try:
        assert "projects.calls.templatetags.one" in circle_of_files(copy)
    finally:
        for file in files:
            file.unlink()


def test_every_slice_stands_in_the_contracts() -> None:
    slices = {config.name for config in apps.get_app_configs() if config.name.partition(".")[0] in PACKAGES}
    stack, inside = CONTRACTS[0], CONTRACTS[1]
    placed = {name.strip(" ()") for layer in stack["layers"] for name in layer.split("|")}
    assert slices <= placed
    assert slices - {"civic.core"} == set(inside["containers"])
