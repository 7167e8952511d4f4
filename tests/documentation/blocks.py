"""The fenced blocks of the documentation, and what the pages say of them in comments."""

import re
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    [
        ROOT / "README.md",
        ROOT / "CONTRIBUTING.md",
        ROOT / "bench" / "README.md",
        *(ROOT / "docs").glob("**/*.md"),
        *(ROOT / "examples").glob("*/README.md"),
    ]
)
_NOT_RUN = re.compile(r"<!-- not run: (.+?) -->")
_STAYS = re.compile(r"<!-- stays running until it says: (.+?) -->")
_EXAMPLE = re.compile(r"<!-- example: (\S+) -->")
_PORT = re.compile(r"<!-- port: (\d+) -->")
_FILE = re.compile(r"^(?:#|//|<!--) ((?:[\w.-]+/)*[\w-]+\.\w+)(.*)$")


@dataclass(frozen=True)
class Block:
    """A fenced block.

    Attributes:
        page: the page that it is on.
        line: the line of its opening fence, from 1.
        language: the first word after the fence.
        text: what is inside.
        not_run: why it is not run, from a comment `<!-- not run: … -->` before it.
        stays: what it says when it is up, from `<!-- stays running until it says: … -->`.
    """

    page: Path
    line: int
    language: str
    text: str
    not_run: str = ""
    stays: str = ""

    @property
    def place(self) -> str:
        page = self.page.relative_to(ROOT) if self.page.is_relative_to(ROOT) else self.page
        return f"{page}:{self.line}"

    @property
    def file(self) -> str:
        """The file that it is, when its first line is a comment with a path."""
        match = _FILE.match(self.text.partition("\n")[0])
        return match[1] if match else ""

    @property
    def is_appended(self) -> bool:
        """Whether its first line says that it goes to the end of that file."""
        match = _FILE.match(self.text.partition("\n")[0])
        return bool(match and "at the end" in match[2])


def blocks_of(page: Path) -> list[Block]:
    """The page's blocks, but for those that are directives of Sphinx's."""
    blocks: list[Block] = []
    comment = ""
    for token in MarkdownIt("commonmark").parse(page.read_text()):
        if token.type == "html_block":
            comment = token.content.strip()
        elif token.type == "fence" and token.map:
            not_run, stays = _NOT_RUN.search(comment), _STAYS.search(comment)
            language = token.info.split()[0] if token.info.strip() else ""
            if not language.startswith("{"):
                blocks.append(
                    Block(
                        page,
                        token.map[0] + 1,
                        language,
                        token.content,
                        not_run[1] if not_run else "",
                        stays[1] if stays else "",
                    )
                )
            comment = ""
        elif token.type != "html_block" and not token.type.endswith("_close"):
            comment = ""
    return blocks


def example_of(page: Path) -> str:
    """The folder that a page's examples happen in, from a comment `<!-- example: folder -->`.

    The page of an example speaks of its own folder.
    """
    if page.is_relative_to(ROOT / "examples"):
        return page.parent.relative_to(ROOT).as_posix()
    match = _EXAMPLE.search(page.read_text())
    return match[1] if match else ""


def ports_of(page: Path) -> list[str]:
    """The ports that a page speaks of, from comments `<!-- port: 8801 -->`; others may be used."""
    return _PORT.findall(page.read_text())
