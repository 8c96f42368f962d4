"""The kinds of parameters that CKAN's clients send: in JSON as they are, in an address or a form as text."""

import json
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

MOST_COLUMNS = 2_000
MOST_VALUES = 1_000
MOST_WORDS = 10
# Beyond what programs in JavaScript count exactly there is no row.
FURTHEST = 2**53

Base = serializers.Field[Any, Any, Any, Any]


class Text(serializers.CharField):
    """Words; "" where nothing is asked."""

    def __init__(self, help_text: str) -> None:
        super().__init__(help_text=help_text, default="", allow_blank=True, max_length=1000)


class Name(serializers.CharField):
    """What is asked for; it has to be there."""

    def __init__(self, help_text: str) -> None:
        super().__init__(help_text=help_text, max_length=200)


class Number(serializers.IntegerField):
    """A number from 0; one above `most` is taken as that, and the answer says so."""

    def __init__(self, help_text: str, default: int, most: int = FURTHEST) -> None:
        self.most = most
        told = f"{help_text} {default:,} where nothing is asked"
        told += f", at most {most:,}." if most < FURTHEST else "."
        super().__init__(help_text=told, default=default, min_value=0, max_value=FURTHEST)


class Names(Base):
    """A list of names, or one text with commas between them."""

    def to_internal_value(self, data: Any) -> list[str]:
        """The names."""
        value = _document(data)
        if isinstance(value, str):
            value = [part.strip() for part in value.split(",") if part.strip()]
        if not isinstance(value, list) or len(value) > MOST_COLUMNS:
            raise serializers.ValidationError(_("This is a list of at most 2,000 names."))
        return [_text(one) for one in value]


class Filters(Base):
    """An object of columns, each with a value or a list of values."""

    def to_internal_value(self, data: Any) -> dict[str, list[Any]]:
        """Lists of values by column."""
        value = _document(data)
        if not isinstance(value, dict):
            raise serializers.ValidationError(_("This is an object of columns and their values."))
        found = {_text(name): each if isinstance(each, list) else [each] for name, each in value.items()}
        if sum(map(len, found.values())) > MOST_VALUES:
            raise serializers.ValidationError(_("These are more than 1,000 values."))
        return {name: [_value(one) for one in values] for name, values in found.items()}


class Words(Base):
    """Words for all columns, or an object of columns with words for each."""

    def to_internal_value(self, data: Any) -> dict[str, str]:
        """Words by column; "" is any of them."""
        value = _document(data)
        found = value if isinstance(value, dict) else {"": value}
        words = {_text(name): _text(each) for name, each in found.items()}
        if sum(len(each.split()) for each in words.values()) > MOST_WORDS:
            raise serializers.ValidationError(_("These are more than ten words."))
        return words


def _document(value: Any) -> Any:
    """A parameter of an address may hold JSON."""
    if not isinstance(value, str) or value[:1] not in ("[", "{"):
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        raise serializers.ValidationError(_("This is no JSON.")) from None


def _text(value: Any) -> str:
    """A text that every part of the house takes: no NUL, no half of a letter."""
    field = serializers.CharField(allow_blank=True, trim_whitespace=False, max_length=10_000)
    checked: str = field.run_validation(value)
    return checked


def _value(value: Any) -> Any:
    if isinstance(value, dict | list):
        raise serializers.ValidationError(_("A value is a text, a number, true, false or null."))
    return _text(value) if isinstance(value, str) else value
