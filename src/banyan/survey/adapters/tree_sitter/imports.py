"""Import statements, and whether they are for type checkers alone."""

from typing import Final

from tree_sitter import Node

from banyan.survey.adapters.tree_sitter.grammar import kind, told
from banyan.survey.adapters.tree_sitter.page import Page
from banyan.survey.syntax import Import, Statement

ALIASED: Final = kind("aliased_import")
DOTTED: Final = kind("dotted_name")
WILDCARD: Final = kind("wildcard_import")
RELATIVE: Final = kind("relative_import")
PREFIX: Final = kind("import_prefix")
IDENTIFIER: Final = kind("identifier")
IMPORT: Final = kind("import", is_named=False)
ATTRIBUTE: Final = kind("attribute")
NOT: Final = kind("not_operator")
PARENTHESES: Final = kind("parenthesized_expression")
BOOLEAN: Final = kind("boolean_operator")
AND: Final = kind("and", is_named=False)


def dotted(node: Node, page: Page) -> str:
    """``a.b.c``, also where it is written over several lines."""
    text = page.text[node.start_byte : node.end_byte]
    if text.isascii() and " " not in text and "\n" not in text and "\t" not in text:
        return text
    return ".".join(page.identifier(part) for part in node.children if part.kind_id == IDENTIFIER)


def aliased(node: Node, page: Page) -> tuple[str, str | None]:
    """``a.b as c``, or ``a.b`` alone."""
    if node.kind_id == ALIASED:
        parts = told(node.children)
        return dotted(parts[0], page), page.identifier(parts[-1])
    return dotted(node, page), None


def plain_import(node: Node, page: Page, _room: int, found: list[Statement]) -> None:
    """``import a.b as c, d``."""
    for child in told(node.children):
        module, alias = aliased(child, page)
        line = child.start_point[0] + 1
        if module:
            found.append(Import(line, module, None, alias, 0, page.is_typing, page.is_inner))


def import_from(node: Node, page: Page, _room: int, found: list[Statement]) -> None:
    """``from ..a import b as c, d``."""
    module, level = "", 0
    is_after = False
    for child in node.children:
        number = child.kind_id
        if number == IMPORT:
            is_after = True
        elif number == RELATIVE:
            for part in child.children:
                if part.kind_id == PREFIX:
                    level = len(part.children)
                elif part.kind_id == DOTTED:
                    module = dotted(part, page)
        elif number == WILDCARD:
            _add(child, (module, level), ("*", None), page, found)
        elif number in (DOTTED, ALIASED):
            if is_after:
                _add(child, (module, level), aliased(child, page), page, found)
            else:
                module = dotted(child, page)


def future_import(node: Node, page: Page, _room: int, found: list[Statement]) -> None:
    """``from __future__ import a``."""
    for child in told(node.children):
        _add(child, ("__future__", 0), aliased(child, page), page, found)


def _add(
    node: Node,
    source: tuple[str, int],
    name: tuple[str, str | None],
    page: Page,
    found: list[Statement],
) -> None:
    module, level = source
    imported, alias = name
    if not imported or not (module or level):
        return
    line = node.start_point[0] + 1
    found.append(Import(line, module, imported, alias, level, page.is_typing, page.is_inner))
    page.imported.add(alias or imported)
    if imported == "TYPE_CHECKING" and alias:
        page.typing_names.add(alias)


def typing_side(test: Node, page: Page) -> int:
    """Which side of an ``if`` is for type checkers alone: 1 its body, -1 the rest, 0 neither."""
    sign = 1
    while test.kind_id in (NOT, PARENTHESES):
        if test.kind_id == NOT:
            sign = -sign
        parts = told(test.children)
        if not parts:
            return 0
        test = parts[-1]
    if test.kind_id == IDENTIFIER:
        return sign if page.of(test) in page.typing_names else 0
    if test.kind_id == ATTRIBUTE:
        return sign if page.of(test).endswith(".TYPE_CHECKING") else 0
    if test.kind_id == BOOLEAN and sign > 0:
        children = test.children
        if any(child.kind_id == AND for child in children):
            return int(any(typing_side(part, page) > 0 for part in told(children)))
    return 0
