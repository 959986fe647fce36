"""What axe finds on a page as it stands in the browser."""

from __future__ import annotations

from functools import cache
from typing import Any

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]
# Words below the screen are laid out when somebody comes near (static/css/site.css): here they are all near.
ALL_LAID_OUT = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("* { content-visibility: visible !important }");
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}"""


@cache
def _script() -> str:
    from axe_playwright_python.sync_playwright import Axe

    return Axe().axe_script


def faults(page: Any, rules: list[str] = RULES) -> list[str]:
    """Each rule that is broken, with the first places; empty is what every test wants."""
    if page.evaluate("!window.axe"):
        page.evaluate(_script())
        page.evaluate(ALL_LAID_OUT)
    # What passes is not described node by node: that was two thirds of the time.
    options = {"runOnly": rules, "resultTypes": ["violations"]}
    broken = page.evaluate("options => axe.run(options).then(found => found.violations)", options)
    return [f"{page.url}: {one['id']} {[node['target'] for node in one['nodes']][:3]}" for one in broken]
