"""The checks of `make test` on dependencies, scripts and styles find what is planted."""

import re
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

HOME = Path(__file__).parents[2]
PYPROJECT = HOME / "pyproject.toml"
# Development packages that nothing imports: stubs for mypy, and plugins that pytest loads by itself.
LOADED_BY_OTHERS = {"celery-types", "djangorestframework-stubs", "pytest-xdist"}

PLANTED_DEPENDENCIES = {
    "an undeclared import": ("import no_such_library", 'dependencies = ["django"]', "DEP001"),
    "an import of what another package brings": ("import sqlparse", 'dependencies = ["django"]', "DEP003"),
    "a declared package that nothing uses": (
        "import django",
        'dependencies = ["django", "pillow"]',
        "DEP002",
    ),
}
PLANTED_LINT = {
    "static/js/planted.js": "const sum = (list) => lost + list;\n",
    "static/css/planted.css": ".card { colour: red; }\n",
}


def normal(requirement: str) -> str:
    """The name of a requirement as registries write it."""
    return re.split(r"[\[<>=~!; ]", requirement)[0].lower().replace("_", "-")


@pytest.mark.parametrize("planted", PLANTED_DEPENDENCIES)
def test_a_planted_dependency_is_found(tmp_path: Path, planted: str) -> None:
    code, dependencies, rule = PLANTED_DEPENDENCIES[planted]
    (tmp_path / "module.py").write_text(f"import django\n{code}\n")
    (tmp_path / "pyproject.toml").write_text(f'[project]\nname = "x"\nversion = "1"\n{dependencies}\n')
    command = [sys.executable, "-m", "deptry", "."]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode
    assert rule in done.stderr


def test_every_development_package_is_used() -> None:
    """deptry looks at what the site needs; here is what its tests and checks need."""
    wanted = {normal(one) for one in tomllib.loads(PYPROJECT.read_text())["dependency-groups"]["dev"]}
    modules: dict[str, set[str]] = {}
    for module, packages in packages_distributions().items():
        for package in packages:
            modules.setdefault(normal(package), set()).add(module)
    sources = [path.read_text() for part in ("tests", "bench") for path in (HOME / part).rglob("*.py")]
    text = "\n".join(sources) + PYPROJECT.read_text().partition("[tool.")[2]
    unused = {
        package
        for package in wanted - LOADED_BY_OTHERS
        if not any(
            re.search(rf"\b{re.escape(name)}\b", text)
            for name in {package.removesuffix("-js"), *modules.get(package, ())}
        )
    }
    assert unused == set()


@pytest.mark.parametrize("name", PLANTED_LINT)
def test_a_planted_fault_in_a_script_or_style_is_found(tmp_path: Path, name: str) -> None:
    shutil.copy(HOME / "biome.jsonc", tmp_path)
    file = tmp_path / name
    file.parent.mkdir(parents=True)
    file.write_text(PLANTED_LINT[name])
    command = [str(Path(sys.executable).with_name("biome")), "lint", "--error-on-warnings"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode
    assert file.name in done.stdout + done.stderr


def test_every_library_has_its_reason() -> None:
    declared = {normal(one) for one in tomllib.loads(PYPROJECT.read_text())["project"]["dependencies"]}
    reasons = (HOME / "docs" / "adr" / "0005-libraries.md").read_text().lower()
    assert {name for name in declared if name not in reasons} == set()
