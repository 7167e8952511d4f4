"""Who owns a file by CODEOWNERS, as GitHub reads it, and GitLab's sections."""

import re
from functools import cache
from typing import Final

import msgspec

PLACES: Final = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS")
"""Where it may be; the first that there is holds."""

_SECTION: Final = re.compile(r"\^?\[(?P<name>[^\]]+)\](?:\[\d+\])?(?P<owners>.*)")
_ESCAPED: Final = re.compile(r"\\([\\ #])")
_WORDS: Final = re.compile(r"(?:\\.|[^\s\\])+")


class OwnerRule(msgspec.Struct, frozen=True):
    """One line of CODEOWNERS.

    Attributes:
        pattern: of paths from the repository's root, as written.
        owners: none means that nobody owns what the pattern matches.
        section: of GitLab; "" where there is none.
    """

    pattern: str
    owners: tuple[str, ...]
    section: str = ""

    def matches(self, path: str) -> bool:
        """Whether a file is meant by it."""
        return _compiled(self.pattern).fullmatch(path) is not None


def owner_rules(text: str) -> tuple[OwnerRule, ...]:
    """The rules of a file; a line that is none is passed over, as GitHub does."""
    found: list[OwnerRule] = []
    section = ""
    default: tuple[str, ...] = ()
    for line in text.splitlines():
        bare = line.strip()
        if not bare or bare.startswith("#"):
            continue
        if head := _SECTION.fullmatch(bare):
            section, default = head["name"].strip().lower(), _owners(head["owners"].split())
            continue
        words = _words(bare)
        owners = _owners(words[1:]) or default
        if words and not words[0].startswith("!"):
            found.append(OwnerRule(_ESCAPED.sub(r"\1", words[0]), owners, section))
    return tuple(found)


def owners_of(path: str, rules: tuple[OwnerRule, ...]) -> tuple[str, ...]:
    """Who owns a file: by the last rule that matches it; of sections, by the last of each."""
    by_section: dict[str, tuple[str, ...]] = {}
    for rule in rules:
        if rule.matches(path):
            by_section[rule.section] = rule.owners
    return tuple(dict.fromkeys(one for owners in by_section.values() for one in owners))


def _words(line: str) -> list[str]:
    words: list[str] = []
    for word in _WORDS.findall(line):
        if word.startswith("#"):
            break
        words.append(word)
    return words


def _owners(words: list[str]) -> tuple[str, ...]:
    """Teams and people; of an address only what stands before its host."""
    found: list[str] = []
    for word in words:
        if word.startswith("#"):
            break
        name, at, _ = word.partition("@")
        if word.startswith("@"):
            found.append(word)
        elif at and name:
            found.append(name)
    return tuple(found)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """The pattern as one that never goes back for long, however many stars a stranger wrote."""
    # The rules are those of .gitignore, but for a `*` at the end, which does not go deeper.
    segments = pattern.removeprefix("/").removesuffix("/").split("/")
    is_anchored = pattern.startswith("/") or len(segments) > 1
    runs: list[list[str]] = [[]] if is_anchored else [[], []]
    for segment in segments:
        if segment == "**":
            runs.append([])
        else:
            runs[-1].append(_segment(segment))
    first, *rest = ("/".join(run) for run in runs)
    last = rest.pop() if rest else ""
    expression = f"{first}/" if first and runs[1:] else first
    expression += "".join(f"(?>(?:[^/]+/)*?{run}/)" for run in rest if run)
    if runs[1:]:
        expression += f"(?:[^/]+/)*{last}" if last else ".+"
    if pattern.endswith("/"):
        expression += "/.+"
    elif segments[-1] != "*" or len(segments) == 1:
        expression += "(?:/.+)?"
    return re.compile(expression, re.DOTALL)


def _segment(text: str) -> str:
    first, *rest = (_literal(part) for part in re.split(r"\*+", text))
    if not rest:
        return first
    between = "".join(f"(?>[^/]*?{part})" for part in rest[:-1])
    return f"{first}{between}[^/]*{rest[-1]}"


def _literal(text: str) -> str:
    return "".join("[^/]" if letter == "?" else re.escape(letter) for letter in text)
