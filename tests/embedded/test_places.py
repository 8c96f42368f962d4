"""Where the servers live follows from the data folder, and no folder of somebody else's is ever used."""

import os
import pwd
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from civic import embedded
from civic.embedded import places
from civic.embedded.errors import EmbeddedError
from civic.embedded.places import Place, may_enter, place_of
from civic.settings.environment import database

NOBODY = pwd.getpwnam("nobody")


def test_addresses_follow_from_the_data_folder_and_create_nothing(tmp_path: Path) -> None:
    data = tmp_path / "data"
    assert embedded.database_url(data) == embedded.database_url(data)
    assert embedded.database_url(data) != embedded.database_url(tmp_path / "other")
    assert embedded.redis_url(data).startswith("unix:///")
    assert list(tmp_path.iterdir()) == []


def test_django_reads_the_address(tmp_path: Path) -> None:
    parsed = database(embedded.database_url(tmp_path))
    sockets = str(place_of(tmp_path).sockets)
    assert parsed["NAME"] == "site"
    assert parsed["OPTIONS"] == {"host": sockets, "port": 5432, "user": "postgres"}


@pytest.mark.parametrize("name", ["x" * 120, "mit leerzeichen", "Bücher", "a,b", "50%"])
def test_a_path_that_no_socket_takes_gets_a_short_one(tmp_path: Path, name: str) -> None:
    sockets = place_of(tmp_path / name / "data").sockets
    assert places.PLAIN_AND_SHORT.fullmatch(str(sockets))


def place_with(sockets: Path, data: Path) -> Place:
    """A place that is not root's, with its sockets elsewhere."""
    return Place(data, data, sockets, None)


def test_many_prepare_a_fresh_checkout_at_once(tmp_path: Path) -> None:
    """As the workers of a test run do."""
    for round_ in range(20):
        above = tmp_path / str(round_)
        place = Place(above / "deep" / "data", above / "state", above / "run", None)
        with ThreadPoolExecutor(16) as workers:
            for prepared in [workers.submit(place.prepare) for _ in range(16)]:
                prepared.result()
        assert place.logs.is_dir()


def test_a_socket_folder_prepared_by_others_is_refused(tmp_path: Path) -> None:
    (tmp_path / "open").mkdir()
    (tmp_path / "open").chmod(0o777)
    (tmp_path / "link").symlink_to(tmp_path / "open")
    for folder in ("open", "link"):
        with pytest.raises(EmbeddedError, match="belongs to somebody else"):
            place_with(tmp_path / folder, tmp_path / "data").prepare()


def test_our_own_socket_folder_is_closed_and_used_again(tmp_path: Path) -> None:
    place = place_with(tmp_path / "run", tmp_path / "data")
    place.prepare()
    place.prepare()
    assert place.sockets.stat().st_mode & 0o777 == 0o700


def test_folders_above_are_never_changed(tmp_path: Path) -> None:
    above = tmp_path / "closed"
    above.mkdir(mode=0o700)
    place_with(above / "data" / "run", above / "data").prepare()
    assert above.stat().st_mode & 0o777 == 0o700


def test_who_may_enter_is_read_from_the_permissions(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    (closed / "inside").mkdir(parents=True)
    closed.chmod(0o700)
    assert not may_enter(closed / "inside" / "not there yet", NOBODY)
    assert may_enter(Path("/usr/bin"), NOBODY)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root needs another user")
def test_root_keeps_its_servers_where_their_user_can_come(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "STATE_ROOT", tmp_path / "lib")
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    place = place_of(closed / "data")
    assert place.state.parent == tmp_path / "lib"
    assert place.servant is not None


@pytest.mark.skipif(os.geteuid() != 0, reason="only root needs another user")
def test_a_removed_data_folder_starts_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "STATE_ROOT", tmp_path / "lib")
    data = tmp_path / "closed" / "data"
    data.parent.mkdir(mode=0o700)
    place = place_of(data)
    place.prepare()
    (place.state / "postgres").mkdir()
    (data / "state").unlink()
    place_of(data).prepare()
    assert not (place.state / "postgres").exists()
    assert (place.state / "postgres.old").exists()
