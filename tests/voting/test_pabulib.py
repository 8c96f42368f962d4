import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.voting import pabulib
from tests.voting.elections import real

META = {
    "description": "Test",
    "country": "Aldermere",
    "num_projects": "3",
    "num_votes": "2",
    "budget": "1000",
    "vote_type": "approval",
}
PROJECTS = ["project_id;cost;name", "a;100;Alder path", "b;200;Bench", "c;300;Canal"]
VOTES = ["voter_id;vote", "1;a,b", "2;c"]


def file(*, meta=None, projects=PROJECTS, votes=VOTES) -> bytes:
    """A small file; `meta` replaces or (with None) removes keys."""
    keys = {key: value for key, value in (META | (meta or {})).items() if value is not None}
    lines = ["META", "key;value", *[f"{key};{value}" for key, value in keys.items()]]
    return "\n".join([*lines, "PROJECTS", *projects, "VOTES", *votes, ""]).encode()


def load(data: bytes) -> tuple[pabulib.Document, list[pabulib.Vote]]:
    document = pabulib.read(io.BytesIO(data), "some.pb")
    return document, list(document.votes)


def wrong(data: bytes) -> str:
    with pytest.raises(pabulib.Malformed) as caught:
        load(data)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_reads_every_column_and_choice():
    document, votes = load(file(projects=["project_id;cost;name;target", "a;1;x;y,z", "b;2;q;", "c;3;;"]))
    assert document.budget == 1000
    assert document.projects["a"].fields["target"] == "y,z"
    assert [vote.choices for vote in votes] == [("a", "b"), ("c",)]


@pytest.mark.parametrize("variant", [lambda d: b"\xef\xbb\xbf" + d, lambda d: d.replace(b"\n", b"\r\n")])
def test_byte_order_mark_and_windows_line_ends_change_nothing(variant):
    assert load(variant(file()))[1] == load(file())[1]


def test_quoted_fields_keep_semicolons_quotes_and_line_ends():
    projects = [PROJECTS[0], 'a;100;"Say ""hello""; and\nwave"', *PROJECTS[2:]]
    document, _ = load(file(projects=projects))
    assert document.projects["a"].fields["name"] == 'Say "hello"; and\nwave'


def test_whole_costs_written_with_decimals_are_accepted():
    document, _ = load(file(projects=[PROJECTS[0], "a;100.00;x", *PROJECTS[2:]]))
    assert document.projects["a"].cost == 100


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        (file(votes=[VOTES[0], "1;a,zz", "2;c"]), 16, "project 'zz' is not listed in PROJECTS"),
        (file(votes=[VOTES[0], "1;a,a", "2;c"]), 16, "the same project is chosen twice"),
        (file(votes=[VOTES[0], "1;a", "1;c"]), 17, "voter '1' votes twice"),
        (file(votes=[VOTES[0], ";a", "1;c"]), 16, "voter_id is empty"),
        (file(votes=[VOTES[0], "1;a", "2;c;x;y"]), 17, "4 fields where the header has 2"),
        (file(votes=["voter_id;choice", "1;a"]), 15, "VOTES has no column 'vote'"),
        (file(projects=[PROJECTS[0], "a;1;x", "a;2;y", "c;3;z"]), 12, "project 'a' is listed twice"),
        (
            file(projects=[PROJECTS[0], "a;-1;x", *PROJECTS[2:]]),
            11,
            "cost '-1' of project 'a' is not a whole number",
        ),
        (file(projects=[PROJECTS[0], "a;1.5;x", *PROJECTS[2:]]), 11, "cost '1.5' of project 'a'"),
        (file(projects=[PROJECTS[0], "a;;x", *PROJECTS[2:]]), 11, "cost '' of project 'a'"),
        (file(meta={"budget": None}), 8, "META does not say budget"),
        (file(meta={"budget": "lots"}), 7, "budget 'lots' is not a whole number"),
        (file(meta={"vote_type": "telepathy"}), 8, "unknown vote_type 'telepathy'"),
        (file(meta={"num_votes": "3"}), 6, "META says num_votes 3, but there are 2"),
        (file(meta={"num_projects": "2"}), 5, "META says num_projects 2, but there are 3"),
        (file(meta={"num_votes": None}), 8, "META does not say num_votes"),
        (file(meta={"max_length": "1"}), 17, "2 projects chosen, but META says max_length 1"),
        (file(meta={"min_length": "2"}), 18, "1 projects chosen, but META says min_length 2"),
        (file(meta={"max_sum_cost": "299"}), 17, "300 total cost, but META says max_sum_cost 299"),
        (file(meta={"vote_type": "choose-1"}), 16, "2 projects chosen, but META says max_length 1"),
        (file(meta={"vote_type": "cumulative"}), 15, "VOTES has no column 'points'"),
        (file().replace(b"PROJECTS", b"PROJEKTE"), 9, "fields where the header has"),
        (file()[: file().index(b"VOTES")], 14, "the section VOTES is missing"),
        (b"", 1, "the section META is missing"),
        (b"hello world", 1, "the section META is missing (found 'hello world')"),
        (file().replace(b"Bench", b"B\xffnch"), 12, "not UTF-8 text at byte 8 of the line"),
        (file().replace(b"Bench", b"B\0nch"), 12, "NUL byte"),
        (file().replace(b"Bench", b"B" * 200_000), 12, "longer than 131072 bytes"),
        (file().replace(b"Bench", b'"Bench') + b"x;y\n" * 200, 12, "a quotation mark is not closed"),
        (file().replace(b"country", b"description"), 4, "META says 'description' twice"),
    ],
)
def test_a_malformed_file_gives_one_line_that_says_where_and_what(data, line, words):
    said = wrong(data)
    assert words in said
    assert said.startswith(f"some.pb: line {line}: ")


POINTS = {"vote_type": "cumulative", "max_sum_points": "5"}


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("1;a,b;3", "1 points for 2 projects"),
        ("1;a,b;3,-1", "points '3,-1' are not whole numbers"),
        ("1;a,b;3,3", "6 points in all, but META says max_sum_points 5"),
    ],
)
def test_points_must_match_the_vote_and_the_rule(row, words):
    assert words in wrong(file(meta=POINTS, votes=["voter_id;vote;points", row, "2;c;1"]))


def scores(data: bytes) -> list[dict[str, int]]:
    election = pabulib.election(pabulib.read(io.BytesIO(data), "some.pb"))
    return [{election.candidates[place].id: score for place, score in ballot} for ballot in election.ballots]


def test_points_are_scores():
    votes = ["voter_id;vote;points", "1;a,b;3,2", "2;c,a;5,0"]
    assert scores(file(meta=POINTS, votes=votes)) == [{"a": 3, "b": 2}, {"c": 5}]


def test_ranks_are_borda_scores():
    assert scores(file(meta={"vote_type": "ordinal"})) == [{"a": 3, "b": 2}, {"c": 3}]
    assert scores(file(meta={"vote_type": "ordinal", "max_length": "2"})) == [{"a": 2, "b": 1}, {"c": 2}]


@pytest.mark.parametrize("name", ["poland_lodz_2022", "poland_wieliczka_2023", "poland_gdansk_2020"])
def test_real_files_read_back_as_written(name):
    path = real(name)
    with path.open("rb") as stream:
        document = pabulib.read(stream, path.name)
        votes = list(document.votes)
    again, votes_again = load(written(document, votes))
    assert (again.meta, again.projects, votes_again) == (document.meta, document.projects, votes)


def written(document: pabulib.Document, votes: list[pabulib.Vote]) -> bytes:
    return "".join(
        pabulib.write(
            meta=document.meta,
            project_columns=document.project_columns,
            projects=[row.fields for row in document.projects.values()],
            vote_columns=document.vote_columns,
            votes=[vote.fields for vote in votes],
        )
    ).encode()


texts = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20).map(str.strip)


@given(name=texts, other=texts, place=texts)
def test_any_text_survives_writing_and_reading(name, other, place):
    data = "".join(
        pabulib.write(
            meta=META | {"description": other, "num_projects": "1", "num_votes": "1"},
            project_columns=["project_id", "cost", "name"],
            projects=[{"project_id": "a", "cost": "1", "name": name}],
            vote_columns=["voter_id", "vote", "district"],
            votes=[{"voter_id": "1", "vote": "a", "district": place}],
        )
    ).encode()
    document, votes = load(data)
    assert document.meta["description"] == other
    assert document.projects["a"].fields["name"] == name
    assert votes[0].fields["district"] == place
