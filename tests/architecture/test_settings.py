"""What an operator can set is written down, and the example that comes with it is a sound one."""

import re
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

from civic.settings import environment
from civic.settings.environment import required
from tests.run import SECRETS

ROOT = Path(settings.BASE_DIR)
READ = re.compile(r'(?:env\.\w+|required|secret|environ\.get)\(\s*"([A-Z_]+)"')


def names_read() -> set[str]:
    """Environment variables that the settings and the embedded servers read."""
    files = [*(ROOT / "civic" / "settings").glob("*.py"), *(ROOT / "civic" / "embedded").glob("*.py")]
    return {name for file in files for name in READ.findall(file.read_text())}


@pytest.mark.parametrize("name", sorted(names_read()))
def test_every_setting_is_explained(name: str) -> None:
    assert f"`{name}`" in (ROOT / "deploy" / "README.md").read_text()


def test_the_example_sets_only_what_exists() -> None:
    lines = (ROOT / "deploy" / "example.env").read_text().splitlines()
    named = {line.partition("=")[0] for line in lines if line and not line.startswith("#")}
    assert named - {"DJANGO_SETTINGS_MODULE"} <= names_read()
    assert {"SECRET_KEY", "EMAIL_URL"} <= named


def test_the_example_starts_only_with_secrets_of_ones_own(monkeypatch: pytest.MonkeyPatch) -> None:
    text = (ROOT / "deploy" / "example.env").read_text()
    for name in SECRETS:
        assert f"\n{name}=\n" in text
        for value in ("", "replace-me-1-with-forty-eight-random-bytes-of-your-own-please"):
            monkeypatch.setenv(name, value)
            with pytest.raises(SystemExit, match=name):
                required(name)


def test_the_example_can_be_read_by_a_shell() -> None:
    read = f'set -eua; . {ROOT}/deploy/example.env; printf %s "$DEFAULT_FROM_EMAIL"'
    said = subprocess.run(["/bin/sh", "-c", read], capture_output=True, text=True, check=False)
    assert (said.returncode, said.stdout) == (0, "City of Example <exchange@city.example>")


@pytest.mark.parametrize(
    ("first", "second", "why"),
    [
        ("", "", "FIRST_KEY is not set"),
        ("replace-me-" + "abcdefgh" * 8, "", "FIRST_KEY is not set"),
        ("short-secret", "", "too short"),
        ("x" * 60, "", "too short or too simple"),
        ("abcdefghijkl" * 4, "abcdefghijkl" * 4, "the same value as FIRST_KEY"),
    ],
)
def test_production_refuses_sample_short_and_repeated_secrets_i10(
    monkeypatch: pytest.MonkeyPatch, first: str, second: str, why: str
) -> None:
    monkeypatch.setattr(environment, "_secrets", {})
    monkeypatch.setenv("FIRST_KEY", first)
    monkeypatch.setenv("SECOND_KEY", second)
    with pytest.raises(SystemExit, match=why):
        [environment.required_secret(name) for name in ("FIRST_KEY", "SECOND_KEY")]
