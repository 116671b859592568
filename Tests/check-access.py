"""Looks for what keeps people out of our pages, by axe-core in Chromium: no finding may be serious or critical.

usage: check-access.py FILE...

Each page is looked at as wide as a desk's screen and as narrow as a phone's. Lesser findings are printed. Ends with status 1 where one is
serious or critical, and with 2 where there is no browser.
"""

import pathlib
import shutil
import sys

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

GRAVE = {"serious", "critical"}
# WCAG 2.2 to AA, and what axe's makers hold to be good practice.
RULES = {"runOnly": {"type": "tag", "values": [
    "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}


def main(files):
    if not files:
        sys.exit(__doc__)
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    browser_path = next((found for name in names if (found := shutil.which(name))), None)
    if browser_path is None:
        print("no Chromium or Chrome on the PATH")
        return 2
    grave = 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        for path in files:
            for width, height in ((1280, 900), (390, 800)):
                # Pages allow no script, not even axe's: for the test, and for it alone, they do.
                context = browser.new_context(viewport={"width": width, "height": height}, bypass_csp=True)
                page = context.new_page()
                page.goto(pathlib.Path(path).resolve().as_uri())
                found = Axe().run(page, options=RULES).response["violations"]
                for one in found:
                    grave += one["impact"] in GRAVE
                    print(f"{path} at {width}: {one['impact']}: {one['id']}: {one['help']} ({len(one['nodes'])} times)")
                    for node in one["nodes"][:3]:
                        print(f"    {node['html'][:160]}")
                print(f"{pathlib.Path(path).name} at {width} wide: {len(found)} findings")
                context.close()
        browser.close()
    return 1 if grave else 0


sys.exit(main(sys.argv[1:]))
