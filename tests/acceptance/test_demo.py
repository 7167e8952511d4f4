"""The demo tells the truth: it plays its story on real services, and exits by the outcome."""

import subprocess
import sys
from pathlib import Path

DEMO = Path(__file__).parents[2] / "examples" / "shop" / "demo.py"


def test_the_demo_plays_a_purchase_an_outage_and_its_end():
    done = subprocess.run(
        [sys.executable, str(DEMO), "--once"],
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    told = " ".join(done.stdout.split())
    story = [
        "Thank you! Your order is paid",
        "payments is killed",
        "Your order is kept, but payment is not available right now",
        "nobody answers",
        "payments comes back",
        "Thank you! Your order is paid",
        "nothing is left running",
    ]
    place = 0
    for words in story:
        place = told.find(words, place)
        assert place >= 0, f"{words!r} is missing, or comes too early:\n{done.stdout}"
