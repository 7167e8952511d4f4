"""What becomes of source that is old, new, broken, deep, large or in another encoding."""

import random
from pathlib import Path

import pytest

from banyan.survey.adapters.depth import deep
from banyan.survey.adapters.tree_sitter import read, read_imports
from banyan.survey.syntax import (
    Assign,
    Attribute,
    Call,
    Class,
    Conditional,
    Constant,
    Damage,
    Display,
    Evaluate,
    Format,
    Function,
    Handler,
    If,
    Import,
    Match,
    Name,
    Operation,
    Source,
    Starred,
    Subscript,
    Text,
    Try,
    decode,
    encode,
)

ROOT = Path(__file__).parents[3]


def value_of(source: str) -> object:
    """The value of the one assignment in a source."""
    (statement,) = read(f"x = {source}\n".encode()).body
    assert isinstance(statement, Assign)
    return statement.value


def reasons(source: bytes) -> list[str]:
    return [damage.reason for damage in read(source).damages]


# --- Lines and texts


def test_each_link_of_a_chain_has_the_line_of_its_own_name() -> None:
    value = value_of("(\n  a\n  .b()\n  .c(1)\n)")
    first = Call(3, Attribute(3, Name(2, "a"), "b"))
    assert isinstance(value, Call)
    assert value.function == Attribute(4, first, "c")
    assert value.line == 4


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (r"'a\n\x41\101\u0041\N{NO SUCH}'", "a\nAAA\\N{NO SUCH}"),
        (r"'\N{EM DASH}'", "\N{EM DASH}"),
        (r"'\q\ud800'", "\\q\ufffd"),
        ("'a' \"b\" '''c\nd'''", "abc\nd"),
        (r"f'{{a}}\n'", "{a}\n"),
        ("'naïve €'", "naïve €"),
        ("'a\\\nb'", "ab"),
        ("''", ""),
        (r"r'\\'", "\\\\"),
    ],
)
def test_a_string_has_its_escapes_resolved_and_its_neighbours_joined(
    source: str, text: str
) -> None:
    assert value_of(source) == Text(1, text)


def test_an_f_string_is_its_texts_and_expressions() -> None:
    value = value_of("'a' f'b{c!r:>{d}}e{f=}' 'g'")
    assert value == Format(
        1,
        (
            Text(1, "ab"),
            Name(1, "c"),
            Name(1, "d"),
            Text(1, "ef="),
            Name(1, "f"),
            Text(1, "g"),
        ),
    )


def test_a_nested_f_string_of_python_3_12_is_read() -> None:
    value = value_of("""f'{f'{a['b']}'}'""")
    assert isinstance(value, Format)
    assert reasons(b"x = f'{f'{a['b']}'}'\n") == []


# --- Python 2 and the newest


@pytest.mark.parametrize(
    "line",
    [
        b"print 'x'",
        b"print >>f, 'x', y",
        b"exec 'x' in y",
        b"x = `y`",
        b"x = 0777",
        b"x = 10L",
        b"x = ur'y'",
        b"x = a <> b",
        b"raise A, 'b'",
        b"def f(a, (b, c)): pass",
        b"try: x\nexcept A, b: y",
    ],
)
def test_python_2_is_told_once_with_its_first_line_and_the_rest_is_read(line: bytes) -> None:
    source = read(b"import a\n" + line + b"\n" + line + b"\nimport b\n")
    first = 2 + line.count(b"\n")
    assert source.damages == (Damage(first, "Python 2"),)
    modules = [one.module for one in source.body if isinstance(one, Import)]
    assert modules == ["a", "b"]


def test_several_exceptions_without_parentheses_are_no_python_2() -> None:
    source = read(b"from a import error\ntry: x\nexcept A, B: y\nexcept A, error: z\n")
    assert source.damages == ()
    block = source.body[-1]
    assert isinstance(block, Try)
    assert block.handlers[0].exception == Display(3, "tuple", (Name(3, "A"), Name(3, "B")))
    assert isinstance(block.handlers[1], Handler)
    assert block.handlers[1].name is None


@pytest.mark.parametrize(
    "source",
    [
        b"type A[T: int, *U, **P] = list[T]",
        b"def f[T: (int, str)](a: T) -> T: ...",
        b"class A[T](B[T]): ...",
        b"x = t'a{b!r:>{c}}'",
        b"match a:\n    case [1, *b] if c: d\n    case {'e': F(g=1)} | None: h\n",
        b"async def f():\n    async with a as b, c: return [d async for d in e if await g]\n",
        b"with (a as b, c as d,): pass",
        b"try: a\nexcept* B as c: d\n",
        b"x[a, *b, 1:2] = lambda *c, d=1, **e: (f := g)",
        b"print(a, file=b)\nprint = match = type = case = 1\nmatch(a)\ntype(b)\n",
    ],
)
def test_newer_syntax_is_read_without_damage(source: bytes) -> None:
    assert read(source).damages == ()


def test_syntax_that_the_grammar_lacks_is_a_damage_of_its_own_place() -> None:
    source = read(b"def f[T = int](a: T) -> T:\n    return a.b\n")
    assert [damage.line for damage in source.damages] == [1]
    (function,) = source.body
    assert isinstance(function, Function)
    assert function.name == "f"
    assert len(function.body) == len(function.parameters) == 1


def test_a_call_of_type_is_no_type_alias() -> None:
    (statement,) = read(b"type(a).b = c\n").body
    target = Attribute(1, Call(1, Name(1, "type"), (Name(1, "a"),)), "b")
    assert statement == Assign(1, (target,), Name(1, "c"))


def test_a_star_before_a_chain_is_about_the_whole_of_it() -> None:
    value = value_of("[*a.b()]")
    assert value == Display(1, "list", (Starred(Call(1, Attribute(1, Name(1, "a"), "b"))),))


def test_a_case_is_what_it_binds_its_guard_and_its_body() -> None:
    (statement,) = read(b"match a:\n    case b if c: d\n").body
    binding = Assign(2, (Name(2, "b"),), Name(1, "a"))
    case = (binding, Evaluate(Name(2, "c")), Evaluate(Name(2, "d")))
    assert statement == Match(Name(1, "a"), (case,))


def test_the_classes_lists_and_dictionaries_of_a_pattern_bind_their_parts() -> None:
    (statement,) = read(b"""match a:
    case B(c=d) | [(_), d, *_] | {"e": d, **_f}: pass
    case None | B.c | 3: pass
""").body
    assert isinstance(statement, Match)
    a = Name(1, "a")
    is_b = Call(2, Name(2, "isinstance"), (a, Name(2, "B")))
    d = (Name(2, "d"),)
    assert statement.cases == (
        (
            Assign(2, (a,), Conditional(is_b, a, Constant(None))),
            Assign(2, d, Attribute(2, a, "c")),
            Assign(2, d, Subscript(2, a, Constant(1))),
            Assign(2, d, Subscript(2, a, Text(2, "e"))),
            Assign(2, (Name(2, "_f"),), a),
        ),
        (),
    )


# --- Imports


IMPORTS = b"""\
from typing import TYPE_CHECKING as TC, Any
import typing as t, a.b . c as d
if TC:
    from ..e import (f as g,
        h)
else:
    import i
if not t.TYPE_CHECKING:
    import j
elif k:
    import l
if TC and True:
    import m
def n():
    from . import o
    class P:
        from q import *
from __future__ import r
"""


def test_imports_are_told_apart_by_where_they_stand() -> None:
    expected = (
        Import(1, "typing", "TYPE_CHECKING", "TC"),
        Import(1, "typing", "Any"),
        Import(2, "typing", None, "t"),
        Import(2, "a.b.c", None, "d"),
        Import(4, "e", "f", "g", 2, is_typing=True),
        Import(5, "e", "h", None, 2, is_typing=True),
        Import(7, "i"),
        Import(9, "j"),
        Import(11, "l", is_typing=True),
        Import(13, "m", is_typing=True),
        Import(15, "", "o", None, 1, is_inner=True),
        Import(17, "q", "*", is_inner=True),
        Import(18, "__future__", "r"),
    )
    source = read_imports(IMPORTS)
    assert source.body == expected
    assert not source.is_whole
    assert source.lines == 18


# --- What is broken


def test_what_stands_around_a_broken_place_is_still_read() -> None:
    source = read(b"import a\nx = (1 +\nclass B:\n    y = 2\n    def c(self):\n        d()\n")
    assert source.damages
    text = str(source.body)
    assert "Import(line=1, module='a'" in text
    assert "id='d'" in text


def test_a_damage_is_told_with_its_line() -> None:
    source = read(b"a = 1\nb = ]\nc = 2\n")
    assert [damage.line for damage in source.damages] == [2]
    assert len(source.body) >= 2


def test_many_damages_are_told_in_few() -> None:
    assert len(read(b"x = 'a\n" * 500).damages) == 21


@pytest.mark.parametrize(
    "source",
    [
        b"x = " + b"[" * 5_000 + b"]" * 5_000,
        b"x = " + b"f(" * 5_000 + b")" * 5_000,
        b"x = " + b" + ".join([b'"a"'] * 10_000),
        b"x = a" + b".b()" * 5_000,
        b"x = " + b"not " * 5_000 + b"a",
        b"x = " + b"a if b else " * 5_000 + b"c",
        b"x = " + b"lambda: " * 5_000 + b"c",
        b"x: " + b"list[" * 3_000 + b"int" + b"]" * 3_000,
        b"x: " + b"A[int] | " * 5_000 + b"A",
        b"x = f'{a:" + b"{b:" * 500 + b"}" * 500 + b"}'",
        b"if a: b\n" + b"elif a: b\n" * 5_000,
        b"".join(b" " * depth + b"class a:\n" for depth in range(200)) + b" " * 200 + b"pass\n",
        b"x = (" * 5_000,
        b"def f(\n" * 2_000,
    ],
    ids=lambda source: source[:12].decode(),
)
def test_what_nests_too_deep_is_cut_and_told(source: bytes) -> None:
    found = read(source)
    assert found.damages
    with deep():
        assert decode(encode(found)) == found


def test_parentheses_may_nest_as_they_like() -> None:
    assert value_of("(" * 5_000 + "a" + ")" * 5_000) == Name(1, "a")


def test_a_chain_of_500_links_survives() -> None:
    value = value_of("a" + ".b(c=1)" * 500)
    links = 0
    while isinstance(value, Call):
        assert isinstance(value.function, Attribute)
        value = value.function.value
        links += 1
    assert links == 500
    assert value == Name(1, "a")


def test_the_end_of_a_chain_that_is_too_long_is_kept() -> None:
    value = value_of("a" + ".b" * 5_000 + ".last")
    assert isinstance(value, Attribute)
    assert value.name == "last"


def test_a_sum_is_nested_to_the_left() -> None:
    assert value_of("a + b\\\n - c") == Operation(
        2, "-", Operation(1, "+", Name(1, "a"), Name(1, "b")), Name(2, "c")
    )


def test_a_literal_of_many_items_is_cut_and_told() -> None:
    items = ",".join(f"'{number}'" for number in range(50_000))
    source = read(f"x = [{items}]\n".encode())
    (statement,) = source.body
    assert isinstance(statement, Assign)
    assert isinstance(statement.value, Display)
    assert len(statement.value.items) == 5_000
    assert reasons(f"x = [{items}]\n".encode()) == ["left out: all but 5,000 of some 50,000 items"]


def test_a_long_run_of_continued_lines_is_read_in_time() -> None:
    source = read(b"a = \\\n" + b"\\\n" * 50_000 + b"b\n")
    assert source.body == (Assign(1, (Name(1, "a"),), Name(50_002, "b")),)


# --- Bytes


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("# -*- coding: latin-1 -*-\nx = 'é'\n".encode("latin-1"), None),
        ("#!/usr/bin/python\n# vim: set fileencoding=cp1252 :\nx = 'é'\n".encode("cp1252"), None),
        (b"\xef\xbb\xbfx = '\xc3\xa9'\n", None),
        ("x = 'é'\n".encode("utf-16"), "UTF-16, which Python does not read"),
        ("x = 'é'\r\n".encode(), None),
        ("\tx = 'é'\n".strip().encode() + b"\x0c\n", None),
        (
            b"# coding: nonsense\nx = '\xc3\xa9'\n",
            "an encoding that Python does not know: nonsense",
        ),
        (b"\x00\nx = '\xc3\xa9'\n", "NUL bytes, which no Python source has"),
    ],
)
def test_a_file_is_read_in_its_own_encoding(data: bytes, reason: str | None) -> None:
    source = read(data)
    (statement,) = source.body
    assert isinstance(statement, Assign)
    assert isinstance(statement.value, Text)
    assert statement.value.value == "é"
    assert [damage.reason for damage in source.damages] == ([reason] if reason else [])


def test_bytes_without_an_encoding_are_replaced_and_told() -> None:
    source = read(b"a = 1\nx = '\xe9'\n")
    assert source.damages == (Damage(2, "bytes that are not utf-8"),)
    assert source.body[1] == Assign(2, (Name(2, "x"),), Text(2, "\ufffd"))


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_lines_are_counted_whatever_ends_them(end: bytes) -> None:
    source = read(end.join([b"a = 1", b"", b"\x0c", b"def f():", b"\treturn '''x", b"y'''"]))
    assert source.lines == 6
    function = source.body[1]
    assert isinstance(function, Function)
    assert (function.line, function.end) == (4, 6)
    assert "value='x\\ny'" in str(function)


def test_a_definition_ends_with_its_last_statement() -> None:
    source = read(
        b"class A:\n    def f(self):\n        if x:\n            y\n            # z\n\n# w\n"
    )
    (definition,) = source.body
    assert isinstance(definition, Class)
    assert definition.end == 4


def test_comments_that_allow_a_finding_are_kept_with_their_line() -> None:
    source = read(b'x = "# banyan: allow[E1] no"\ny = 1  # banyan: allow[E2] since it is old\n')
    assert source.allows == ((2, "allow[E2] since it is old"),)


@pytest.mark.parametrize(
    "source",
    [
        "def f(a, b=0, *c):\n    # type: (List[A], Dict[str, int], *C) -> D\n    pass\n",
        "def f(a, b=0, *c):  # type: (List[A], Dict[str, int], C) -> D  # noqa\n    pass\n",
        "def f(\n    a,  # type: List[A]\n    b=0,  # type: Dict[str, int]\n    *c  # type: C\n"
        "):\n    # type: (...) -> D\n    pass\n",
    ],
)
def test_a_type_comment_is_an_annotation_in_quotes(source: str) -> None:
    (function,) = read(source.encode()).body
    assert isinstance(function, Function)
    said = [*(one.annotation for one in function.parameters), function.returns]
    texts = [one.value for one in said if isinstance(one, Text)]
    assert texts == ["List[A]", "Dict[str, int]", "C", "D"]


def test_a_type_comment_says_nothing_of_self() -> None:
    (function,) = read(b"def f(self, a):\n    # type: (A) -> None\n    pass\n").body
    assert isinstance(function, Function)
    assert [one.annotation for one in function.parameters] == [None, Text(2, "A")]


def test_a_value_has_the_type_comment_at_its_end() -> None:
    (statement,) = read(b"a = f(\n    1,\n)  # type: A\n").body
    assert statement == Assign(
        1, (Name(1, "a"),), Call(1, Name(1, "f"), (Constant(1),)), Text(3, "A")
    )


@pytest.mark.parametrize(
    "source",
    [
        "a = 1  # type: ignore[x]",
        "a = 1  # type:ignore",
        "a = '# type: A'",
        "a = 1  # see # type: A",
        "a, b = f()  # type: A",
        "a = 1\n# type: A",
        "def f(a):\n    # type: (A, B, C) -> \n    pass",
        "def f(a):\n    # type: (A\n    pass",
    ],
)
def test_what_is_no_type_comment_says_nothing(source: str) -> None:
    first = read(source.encode()).body[0]
    if isinstance(first, Function):
        assert [one.annotation for one in first.parameters] == [None]
    else:
        assert isinstance(first, Assign)
        assert first.annotation is None


def test_an_empty_file_has_no_lines() -> None:
    assert read(b"") == Source(0, ())


def test_a_test_of_a_type_checkers_flag_stays_an_if() -> None:
    (_, statement) = read(b"from typing import TYPE_CHECKING\nif TYPE_CHECKING: import a\n").body
    assert isinstance(statement, If)
    assert statement.body == (Import(2, "a", is_typing=True),)


BITS = [
    b"(", b")", b"[", b"]", b"{", b"}", b'"', b"'", b'"""', b"\\", b"\n", b"    ", b":", b",", b"=",
    b"*", b"**", b"@", b'f"{', b'}"', b"def ", b"class ", b"lambda ", b"if ", b"else:", b"elif a:",
    b"import ", b"from ", b"as ", b"for ", b"in ", b"with ", b"async ", b"await ", b"yield ",
    b"try:", b"except ", b"finally:", b"match x:\n", b"case ", b"type X = ", b"print ", b"exec ",
    b"del ", b"return ", b"raise ", b"not ", b":=", b"->", b"...", b"\x00", b"\xff", b"\r", b"\x0c",
    b"\t", b"`", b"<>", b"#", b";", b".", b"$", b"?", b"!", b"~", b"0x", b"1e", b"\xc3\xa9",
]  # fmt: skip


def mangled(data: bytes, random: random.Random) -> bytes:
    """A file with a few pieces taken out, doubled or put in."""
    new = bytearray(data)
    for _ in range(random.choice([1, 3, 10])):
        at, other = random.randrange(len(new) + 1), random.randrange(len(new) + 1)
        match random.randrange(4):
            case 0:
                new[at:at] = random.choice(BITS)
            case 1:
                del new[at : at + random.choice([1, 5, 50, 300])]
            case 2:
                new[at:at] = new[other : other + random.choice([5, 30, 200])]
            case _:
                del new[at:]
    return bytes(new)


def test_whatever_is_done_to_a_file_something_is_read_of_it() -> None:
    chance = random.Random(4)
    files = sorted((ROOT / "src" / "banyan").rglob("*.py"))
    for file in chance.sample(files, 150):
        data = mangled(file.read_bytes(), chance)
        for reader in (read, read_imports):
            source = reader(data)
            assert decode(encode(source)) == source
