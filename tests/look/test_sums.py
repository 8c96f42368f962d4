"""The wizard adds amounts up as the server does, whatever the currency."""

import json
import re

import pytest
from django.conf import settings
from django.template import Context, Template
from playwright.sync_api import Page

from civic.core.money import Money

pytestmark = pytest.mark.browser

SCRIPT = settings.BASE_DIR / "static" / "js" / "wizard.js"
FORM = Template(
    """{% load exchange %}<html lang="en"><form data-rows="rows"><div data-rows-list>
    {% for one in typed %}<p data-row><input inputmode="decimal" value="{{ one }}"></p>{% endfor %}
    </div><button data-rows-more></button>
    <b data-rows-sum data-currency="{{ currency }}" data-decimals="{{ currency|decimals }}"></b></form>"""
)
CASES = [
    ("EUR", ["1 250,50", "0.5", "1.250"]),
    ("EUR", ["1.250,75", "1,250.25"]),
    ("EUR", ["10", "nothing", ""]),
    ("JPY", ["1250", "1,250"]),
    ("KWD", ["1.250", "2,5"]),
    ("KWD", ["1.250.000"]),
]


def readable(text: str, currency: str) -> int:
    """What the server makes of it; what is no amount counts nothing."""
    try:
        return Money.parse(text, currency).minor
    except ValueError:
        return 0


@pytest.mark.parametrize(("currency", "typed"), CASES)
def test_the_sum_is_the_server_s(page: Page, currency: str, typed: list[str]) -> None:
    page.goto("about:blank")  # an earlier visitor may have left a picture, which takes no content
    page.set_content(FORM.render(Context({"typed": typed, "currency": currency})))
    page.add_script_tag(content=SCRIPT.read_text())
    page.eval_on_selector("input", "field => field.dispatchEvent(new Event('input', {bubbles: true}))")
    expected = Money(sum(readable(text, currency) for text in typed), currency).format("en")
    shown = page.text_content("[data-rows-sum]") or ""
    assert re.sub(r"[^\d.]", "", shown) == re.sub(r"[^\d.]", "", expected), json.dumps(typed)
