"""Real elections come in whole, once, and a bad file not at all."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command

from projects.calls.models import Call
from projects.voting import operations, pabulib, publication, rules
from projects.voting.models import Ballot, Tally
from projects.voting.operations import imports
from tests.voting.elections import real, selected
from tests.voting.test_pabulib import POINTS, file

pytestmark = pytest.mark.django_db


def run(path: Path, slug: str = "real") -> str:
    out = io.StringIO()
    call_command("import_pb", path, call=slug, stdout=out)
    return out.getvalue()


@pytest.fixture
def written(tmp_path):
    def write(data: bytes) -> Path:
        path = tmp_path / "some.pb"
        path.write_bytes(data)
        return path

    return write


def test_wieliczka_comes_in_and_the_count_is_what_the_city_selected():
    path = real("poland_wieliczka_2023")
    said = run(path)
    assert "6586 of 6586 ballots" in said
    tally = Tally.objects.get()
    assert set(tally.trace["winners"]) == selected(path)
    assert tally.input_digest == pabulib.read_election(path).digest()
    assert tally.call.currency == "PLN"


def test_what_is_published_of_an_import_gives_its_result_again():
    run(real("poland_wieliczka_2023"))
    tally = Tally.objects.get()
    data = "".join(publication.pabulib_lines(tally)).encode()
    election = pabulib.election(pabulib.read(io.BytesIO(data), "published.pb"))
    assert list(rules.tally(election, rule="equal-shares").winners) == tally.trace["winners"]


def test_a_file_of_ours_comes_in_by_the_rule_that_it_was_counted_by(written):
    """Every rule that a call can have; another city's name for one is told apart by its beginning."""
    ours = {(rule, "add1") for rule in Call.TallyRule.values} | {("equal-shares", "none")}
    for rule, completion in ours:
        name = f"{rule}-plain" if completion == "none" else rule
        slug = f"c-{name}"
        run(written(file(meta={"rule": pabulib.RULE_NAMES[name]})), slug)
        call = Call.objects.get(slug=slug)
        assert (call.tally_rule, call.completion) == (rule, completion)
        assert Tally.objects.get(call=call).rule == name
    run(written(file(meta={"rule": "greedy-threshold"})), "theirs")
    assert Call.objects.get(slug="theirs").tally_rule == "greedy"


@pytest.mark.parametrize(
    ("meta", "votes", "expected"),
    [
        ({}, None, {("a", 1), ("b", 1), ("c", 1)}),
        (POINTS, ["voter_id;vote;points", "1;a,b;3,0", "2;c;1"], {("a", 3), ("c", 1)}),
        ({"vote_type": "ordinal"}, ["voter_id;vote", "1;b,a", "2;c"], {("b", 1), ("a", 2), ("c", 1)}),
    ],
)
def test_every_kind_of_vote_becomes_lines(written, meta, votes, expected):
    run(written(file(meta=meta, **({"votes": votes} if votes else {}))))
    lines = Ballot.objects.values_list("lines__project__ballot_number", "lines__value")
    assert set(lines) == expected


def test_a_malformed_file_stores_nothing_and_says_why_in_one_line(written, capsys):
    with pytest.raises(SystemExit) as stopped:
        run(written(file(votes=["voter_id;vote", "1;a", "2;zz"])))
    assert stopped.value.code == 1
    assert capsys.readouterr().err == "some.pb: line 17: voter '2': project 'zz' is not listed in PROJECTS\n"
    assert not Call.objects.exists()


def test_the_same_file_twice_changes_nothing(written):
    path = written(file())
    run(path)
    run(path)
    assert (Call.objects.count(), Ballot.objects.count(), Tally.objects.count()) == (1, 2, 1)


def test_a_slug_of_another_call_is_refused(written, capsys):
    run(written(file()))
    with pytest.raises(SystemExit):
        run(written(file(meta={"budget": "999"})))
    assert "another call" in capsys.readouterr().err


def test_an_import_that_was_killed_goes_on_where_it_stopped(monkeypatch, at):
    path = real("poland_wieliczka_2023")

    class Killed(Exception):
        pass

    def die(done, votes):
        if done >= 4_000:
            raise Killed

    with pytest.raises(Killed):
        imports.import_election(path=path, slug="real", at=at, progress=die)
    assert Ballot.objects.count() == 4_000
    seen = []
    call = imports.import_election(
        path=path, slug="real", at=at, progress=lambda done, votes: seen.append(done)
    )
    assert seen == [6_000, 6_586]
    operations.close_voting(call=call, at=at)
    assert set(operations.run_tally(call=call, at=at).trace["winners"]) == selected(path)


BAD = ["voter_id;vote", "1;a", "2;a,a", "2;b", "3;zz"]


def test_bad_votes_can_be_set_aside_and_are_listed_v4(written, capsys):
    path = written(file(meta={"num_votes": "4"}, votes=BAD))
    out = io.StringIO()
    for command, more in (("import_pb", {"call": "real"}), ("tally_pb", {})):
        with pytest.raises(SystemExit):
            call_command(command, path, stdout=out, **more)
    call_command("import_pb", path, call="real", set_aside=True, stdout=out)
    listed = [line for line in out.getvalue().splitlines() if line.startswith("set aside")]
    assert [line.partition("voter ")[2] for line in listed] == [
        "'2': the same project is chosen twice",
        "'2' votes twice",
        "'3': project 'zz' is not listed in PROJECTS",
    ]
    tally = Tally.objects.get()
    assert tally.ballots == 1
    assert "3 votes of the file" in tally.call.description
    out = io.StringIO()
    call_command("tally_pb", path, set_aside=True, stdout=out)
    assert json.loads(out.getvalue())["input_digest"] == tally.input_digest


@pytest.mark.parametrize(
    "meta",
    [
        {"max_length": "2.0"},
        {"date_begin": "01.01.2099", "date_end": "02.01.2099"},
        {"currency": "GPB"},
        {**POINTS, "max_sum_points": "10.0"},
    ],
)
def test_what_can_be_counted_comes_in_v8(written, meta):
    votes = ["voter_id;vote;points", "1;a,b;3,0", "2;c;1"] if "vote_type" in meta else None
    path = written(file(meta=meta, **({"votes": votes} if votes else {})))
    out = io.StringIO()
    call_command("tally_pb", path, stdout=out)
    run(path)
    assert Tally.objects.get().input_digest == json.loads(out.getvalue())["input_digest"]


@pytest.mark.parametrize("more", ["VOTES\nvoter_id;vote\n9;b\n", "META\nkey;value\n", "PROJECTS\n"])
def test_nothing_stands_behind_the_votes_1127_ab6(written, capsys, more):
    path = written(file())
    path.write_text(path.read_text().rstrip("\n") + "\n" + more)
    for command, options in (("import_pb", {"call": "real"}), ("tally_pb", {})):
        with pytest.raises(SystemExit):
            call_command(command, path, **options)
        assert "stands behind the votes" in capsys.readouterr().err
    assert not Tally.objects.exists()


def test_a_file_that_says_otherwise_than_it_counts_is_refused_1127_ab7(written, tmp_path, capsys):
    run(written(file()))
    tally = Tally.objects.get()
    lines = "".join(publication.pabulib_lines(tally)).splitlines(keepends=True)
    first = lines.index("PROJECTS\n") + 2
    fields, place = (
        lines[first].rstrip("\n").split(";"),
        lines[first - 1].rstrip("\n").split(";").index("selected"),
    )
    fields[place] = "0" if fields[place] == "1" else "1"
    another = [*lines[:first], ";".join(fields) + "\n", *lines[first + 1 :]]
    of_others = [line.replace(tally.input_digest, "0" * 64) for line in lines]
    path = tmp_path / "published.pb"
    for changed, said in ((lines, ""), (another, "selected are"), (of_others, "META says input_digest")):
        path.write_text("".join(changed))
        if not said:
            call_command("tally_pb", path, stdout=io.StringIO())
            continue
        with pytest.raises(SystemExit) as ended:
            call_command("tally_pb", path, stdout=io.StringIO())
        assert ended.value.code == 1
        assert said in capsys.readouterr().err


def test_ids_that_look_alike_come_in_v8(written):
    long = "x" * 60
    projects = ["project_id;cost;name", "A;5;one", "a;6;two", f"{long}1;7;three", f"{long}2;8;four"]
    meta = {"num_projects": "4"}
    run(written(file(meta=meta, projects=projects, votes=["voter_id;vote", "1;A", f"2;{long}2,a"])))
    assert Tally.objects.get().ballots == 2


def test_a_file_is_counted_by_its_own_rule_v8(written, capsys):
    for said, expected in (
        ("equalshares/add1", "equal-shares"),
        ("greedy-threshold", "greedy"),
        ("", "greedy"),
    ):
        out = io.StringIO()
        call_command("tally_pb", written(file(meta={"rule": said} if said else {})), stdout=out)
        assert json.loads(out.getvalue())["rule"] == expected
    path = written(file(meta={"rule": "phragmen"}))
    for command, more in (("import_pb", {"call": "real"}), ("tally_pb", {})):
        with pytest.raises(SystemExit):
            call_command(command, path, **more)
        assert "rule 'phragmen' is none of ours; choose one by --rule" in capsys.readouterr().err
    call_command("import_pb", path, call="real", rule="greedy", stdout=io.StringIO())
    assert Tally.objects.get().rule == "greedy"


def test_one_file_is_counted_by_two_rules_in_two_calls_1127_nc4(written):
    path = written(file())
    run(path, "one")
    run(path, "two")
    one, two = Tally.objects.order_by("created_at")
    assert (one.call.slug, two.call.slug) == ("one", "two")
    assert Ballot.objects.filter(call=one.call).count() == Ballot.objects.filter(call=two.call).count() > 0
