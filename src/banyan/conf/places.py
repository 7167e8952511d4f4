"""Where in a TOML file each of its values stands."""

import tomllib
from collections.abc import Iterator

import tree_sitter_toml
from tree_sitter import Language, Node, Parser, Point

from banyan.conf.shape import Path_


def places_in(source: bytes) -> dict[Path_, tuple[int, int]]:
    """Line and column of each table, key and array item, counted from 1."""
    lines = source.split(b"\n")
    places: dict[Path_, tuple[int, int]] = {}
    root = Parser(Language(tree_sitter_toml.language())).parse(source).root_node
    for path, point in _keys(root, ()):
        # The parser counts bytes; people count characters.
        column = len(lines[point.row][: point.column].decode()) + 1
        places.setdefault(path, (point.row + 1, column))
    return places


def _keys(node: Node, prefix: Path_) -> Iterator[tuple[Path_, Point]]:
    for child in node.named_children:
        match child.type:
            case "table" | "table_array_element":
                header, *pairs = child.named_children
                path = (*prefix, *_names(header))
                yield from _each(path, header, len(prefix))
                for pair in pairs:
                    yield from _pair(pair, path)
            case "pair":
                yield from _pair(child, prefix)
            case _:
                pass


def _pair(pair: Node, prefix: Path_) -> Iterator[tuple[Path_, Point]]:
    if pair.type != "pair":
        return
    key, value = pair.named_children[:2]
    path = (*prefix, *_names(key))
    yield from _each(path, key, len(prefix))
    yield from _inside(value, path)


def _inside(value: Node, path: Path_) -> Iterator[tuple[Path_, Point]]:
    if value.type == "inline_table":
        yield from _keys(value, path)
    elif value.type == "array":
        items = (child for child in value.named_children if child.type != "comment")
        for number, item in enumerate(items):
            yield (*path, number), item.start_point
            yield from _inside(item, (*path, number))


def _each(path: Path_, node: Node, known: int) -> Iterator[tuple[Path_, Point]]:
    for length in range(known + 1, len(path) + 1):
        yield path[:length], node.start_point


def _names(key: Node) -> tuple[str, ...]:
    if key.type == "dotted_key":
        return tuple(name for child in key.named_children for name in _names(child))
    text = (key.text or b"").decode()
    if key.type == "quoted_key":
        # A key is quoted as a string is; the reader of strings is tomllib.
        return (str(tomllib.loads(f"key = {text}")["key"]),)
    return (text,)
