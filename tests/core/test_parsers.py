"""What the API cannot read is a bad request, whatever Python makes of it."""

import io

import pytest
from rest_framework.exceptions import ParseError

from civic.core.parsers import BoundedJSONParser


@pytest.mark.parametrize("part", ["[", '{"a":'])
def test_json_nested_deeply_is_a_bad_request_s3(part):
    with pytest.raises(ParseError):
        BoundedJSONParser().parse(io.BytesIO(part.encode() * 100_000))
