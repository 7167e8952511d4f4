"""Photographs a project for the documentation: its survey, or an advice's page that was written.

python tools/pictures.py FOLDER MODULE, or python tools/pictures.py advice.html MODULE.
"""

import shutil
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

from playwright.sync_api import sync_playwright

from banyan.survey import survey
from banyan.survey.figures import figures
from banyan.survey.reports import html

IMAGES = Path(__file__).parents[1] / "docs" / "images"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
CHOOSE = "name => document.querySelector(`#map-nodes [data-module='${name}']`).focus()"
SCROLL = "scrollBy(0, document.querySelector('#map-nodes').getBoundingClientRect().top - 110)"


def photograph(project: Path, module: str) -> None:
    """The map with a module chosen, and the matrix."""
    found = survey(project)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = Path(folder) / "survey.html"
        file.write_text(
            html.render(found, figures(found), version("django-banyan")), encoding="utf-8"
        )
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = browser.new_page(viewport={"width": 1320, "height": 1640})
        page.goto(file.as_uri())
        page.evaluate(CHOOSE, module)
        page.keyboard.press("Enter")
        page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
        page.screenshot(
            path=IMAGES / "survey-map.jpg",
            type="jpeg",
            quality=80,
            clip={"x": 0, "y": 0, "width": 1320, "height": 1600},
        )
        page.get_by_role("link", name="Matrix").click()
        page.get_by_text("Filter", exact=False).first.click()
        page.locator("#matrix table").wait_for()
        page.evaluate("scrollTo(0, 0)")
        page.screenshot(path=IMAGES / "survey-matrix.jpg", type="jpeg", quality=80)
        browser.close()


def photograph_advice(file: Path, module: str) -> None:
    """The sheet of an advice's page, and its map with a module chosen."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = browser.new_page(viewport={"width": 1320, "height": 1150})
        page.goto(file.resolve().as_uri())
        page.screenshot(path=IMAGES / "walkthrough-advice.jpg", type="jpeg", quality=70)
        page.get_by_role("link", name="Map").first.click()
        page.evaluate(CHOOSE, module)
        page.keyboard.press("Enter")
        page.get_by_text("Filter", exact=False).first.click()
        page.evaluate("document.activeElement.blur()")
        page.mouse.move(0, 0)  # what the mouse is on would be shown in the chosen one's place
        page.evaluate(SCROLL)
        page.screenshot(path=IMAGES / "walkthrough-map.jpg", type="jpeg", quality=70)
        browser.close()


if __name__ == "__main__":
    of = Path(sys.argv[1])
    (photograph if of.is_dir() else photograph_advice)(of, sys.argv[2])
