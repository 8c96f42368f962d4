import pytest

from civic.core.errors import Invalid, required


def test_what_is_required_comes_back_without_blanks() -> None:
    assert required(" because\n", "Say why.") == "because"


@pytest.mark.parametrize(
    ("text", "words"), [("", "Say why"), (" \n", "Say why"), ("four", "under 3 characters")]
)
def test_what_is_missing_or_too_long_is_refused_on_its_field(text: str, words: str) -> None:
    with pytest.raises(Invalid) as refused:
        required(text, "Say why.", field="note", longest=3)
    assert words in str(refused.value.fields["note"])
