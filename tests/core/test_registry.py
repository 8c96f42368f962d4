"""The one registry refuses what is wrong, keeps its order, and finds the modules that fill it by itself."""

import sys
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import pytest
from django.apps import AppConfig, apps
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from civic.accounts import me
from civic.core import events, registry
from civic.core.panels import Panel
from civic.core.registry import Hook, NotRegistered, Registry
from projects.calls import call_page


@dataclass(frozen=True)
class Ordered:
    slug: str
    order: int = 0


@pytest.fixture
def ordered() -> Registry[Ordered]:
    return Registry("thing")


def nothing(*of: object) -> None:
    """A panel that never shows."""


def test_entries_come_in_their_order_and_then_as_registered(ordered: Registry[Ordered]) -> None:
    ordered.register(Ordered("last", 9), Ordered("b"), Ordered("a"))
    assert [entry.slug for entry in ordered] == ["b", "a", "last"]
    assert len(ordered) == 3
    assert ordered["a"].order == 0
    assert "a" in ordered


def test_a_second_entry_of_a_slug_is_refused(ordered: Registry[Ordered]) -> None:
    ordered.register(Ordered("a"))
    with pytest.raises(ImproperlyConfigured, match="two entries “a” of thing"):
        ordered.register(Ordered("a"))


@pytest.mark.parametrize("slug", ["", "two words", "ümlaut", "<lambda>"])
def test_a_malformed_slug_is_refused(ordered: Registry[Ordered], slug: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="slug"):
        ordered.register(Ordered(slug))


def test_an_unknown_slug_is_a_named_error(ordered: Registry[Ordered]) -> None:
    with pytest.raises(NotRegistered, match="No thing “nobody”"):
        ordered["nobody"]
    assert ordered.get("nobody") is None


def test_nothing_is_registered_once_the_site_has_started() -> None:
    with pytest.raises(ImproperlyConfigured, match="too late"):
        events.handler("test.happened")(nothing)


def test_a_temporary_entry_is_gone_afterwards_even_after_an_error(ordered: Registry[Ordered]) -> None:
    ordered.register(Ordered("a"), Ordered("b"))

    def interrupted() -> None:
        with ordered.temporarily(Ordered("a", 5), Ordered("c"), without=["b"]):
            assert [(entry.slug, entry.order) for entry in ordered] == [("c", 0), ("a", 5)]
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        interrupted()
    assert [(entry.slug, entry.order) for entry in ordered] == [("a", 0), ("b", 0)]


def check() -> str:
    """What `manage.py check` says of the registries."""
    try:
        call_command("check", tags=["registry"])
    except SystemCheckError as error:
        return str(error)
    return ""


def test_every_registered_entry_is_whole() -> None:
    assert check() == ""


def test_a_missing_template_fails_the_start() -> None:
    with me.panels.temporarily(Panel(1, "planted", "Planted", "accounts/_nowhere.html", nothing)):
        assert "panel of /me/ “planted”: there is no template accounts/_nowhere.html." in check()


def test_a_step_of_an_unknown_phase_fails_the_start() -> None:
    with call_page.offers.temporarily(Hook("harvest", nothing)):
        assert "“harvest”: calls know no such phase or state." in check()


def test_modules_of_a_slice_are_found_by_themselves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A module by its name, a package with all that is in it, and nothing of a library."""
    for package in ("projects_planted", "library_planted"):
        (tmp_path / package / "handlers").mkdir(parents=True)
        for name in ("__init__", "panels", "handlers/__init__", "handlers/letters", "anything"):
            (tmp_path / package / f"{name}.py").write_text("")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(registry, "PACKAGES", ("projects_planted",))
    configs = [config("projects_planted"), config("library_planted")]
    monkeypatch.setattr(apps, "get_app_configs", lambda: configs)
    registry.autodiscover()
    found = {name for name in sys.modules if "_planted." in name}
    assert found == {f"projects_planted.{name}" for name in ("panels", "handlers", "handlers.letters")}


def config(package: str) -> AppConfig:
    """The configuration of a planted app."""
    __import__(package)
    module: ModuleType = sys.modules[package]
    return AppConfig(package, module)
