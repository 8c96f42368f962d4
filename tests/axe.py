"""What axe-core finds on a page in the browser, of what it calls serious or critical; all else is let through."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

SCRIPT = Axe().axe_script
# What moves is brought to its end first: a colour on its way to another one is no colour of the page.
STOP = """() => document.getAnimations().forEach(one => { try { one.finish() } catch { /* it never ends */ } })"""
RUN = """options => axe.run(options).then(
  results => results.violations.filter(one => ["serious", "critical"].includes(one.impact)))"""
# The rules that judge by colours. All others see the same page in light and in dark, so that once is enough.
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}


def findings(page: Page, **options: Any) -> list[dict[str, Any]]:
    """The rules that are broken, with the nodes that break them, as axe tells of them."""
    page.wait_for_load_state()  # a click that leads on returns before the next page is there
    if not page.evaluate("'axe' in window"):
        page.evaluate(SCRIPT)
    page.evaluate(STOP)
    return page.evaluate(RUN, {"resultTypes": ["violations"], **options})


def grave(page: Page, **options: Any) -> list[str]:
    """One line for each node that breaks a rule."""
    return [
        f"{rule['id']}: {node['target']} {node['html'][:200]} {node['failureSummary']}"
        for rule in findings(page, **options)
        for node in rule["nodes"]
    ]


def grave_in_light_and_dark(page: Page, **options: Any) -> list[str]:
    """By all rules in light, then by those of colours in dark. Nothing may be moving: colours would be on their way."""
    found = []
    for scheme, rules in (("light", options), ("dark", {**options, "runOnly": COLOURS})):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found += [f"{scheme}: {line}" for line in grave(page, **rules)]
    return found
