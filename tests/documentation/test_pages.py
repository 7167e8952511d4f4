"""Every block of code in the documentation is run, or says why not."""

import socket
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from tests.documentation.blocks import PAGES, ROOT, Block, blocks_of, example_of, ports_of
from tests.documentation.scenario import Broken, Scenario

WITH_BLOCKS = [page for page in PAGES if blocks_of(page)]
MOST_THAT_ARE_NOT_RUN = 12


def run(page: Path, clone: Path) -> None:
    others = {port: free_port() for port in ports_of(page)}
    with Scenario(clone, example_of(page)) as scenario:
        for block in blocks_of(page):
            text = block.text
            for port, other in others.items():
                text = text.replace(port, other)
            if not block.not_run:
                scenario.run(replace(block, text=text))


def free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


@pytest.mark.slow
@pytest.mark.parametrize("page", WITH_BLOCKS, ids=lambda page: str(page.relative_to(ROOT)))
def test_the_blocks_of_a_page_work_from_top_to_bottom(page: Path, tmp_path: Path) -> None:
    run(page, tmp_path)


def test_few_blocks_are_not_run_and_each_says_why() -> None:
    not_run = [block.place for page in PAGES for block in blocks_of(page) if block.not_run]
    assert len(not_run) <= MOST_THAT_ARE_NOT_RUN, not_run


BROKEN = {
    "python": "1 / 0",
    "console": "$ echo one\ntwo",
    "bash": "false\ntrue",
    "json": "{",
    "diff": "--- a/there.py\n+++ b/there.py\n@@ -1 +1 @@\n-other\n+x = 2\n",
    "toml": "[project]\nname = 'shop'\nnmae = 'shop'",
    "cobol": "DISPLAY 'x'.",
}


@pytest.mark.slow
@pytest.mark.parametrize("language", BROKEN)
def test_a_block_that_does_not_work_is_found(language: str, tmp_path: Path) -> None:
    (tmp_path / "there.py").write_text("x = 1\n")
    block = Block(ROOT / "README.md", 1, language, BROKEN[language])
    with Scenario(tmp_path, "") as scenario, pytest.raises((Broken, ValueError)):
        scenario.run(block)


@pytest.mark.slow
def test_blocks_may_be_files_that_later_blocks_use(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        "```python\n# orders/prices.py\nfull = 10\n```\n\n"
        "```python\n# orders/prices.py, at the end\nreduced = full // 2\n```\n\n"
        "```diff\n--- a/orders/prices.py\n+++ b/orders/prices.py\n@@ -1,3 +1,3 @@\n"
        " # orders/prices.py\n-full = 10\n+full = 20\n \n```\n\n"
        "```python\nfrom orders.prices import reduced\nassert reduced == 10\n```\n\n"
        "```console\n$ python -c 'from orders.prices import full; print(full, 1)'\n20…\n```\n"
    )
    (tmp_path / "clone").mkdir()
    assert len(blocks_of(page)) == 5
    run(page, tmp_path / "clone")


@pytest.mark.slow
def test_the_documentation_builds_without_a_warning_and_every_page_can_be_reached(
    tmp_path: Path,
) -> None:
    build = [sys.executable, "-m", "sphinx", "-W", "-n", "--keep-going", "-q", ROOT / "docs"]
    done = subprocess.run([*build, tmp_path], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
