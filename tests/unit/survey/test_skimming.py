"""What is left out before parsing never changes which imports are found."""

import ast
import random
import warnings

import pytest
from tests.unit.survey.test_reading import mangled
from tests.unit.survey.test_reading_beside_ast import OWN, WITHOUT_TESTS, imports_of

from banyan.survey.adapters.tree_sitter import read, read_imports
from banyan.survey.adapters.tree_sitter.skimming import skimmed
from banyan.survey.syntax import Import


@pytest.mark.parametrize(
    "source",
    [
        "import a\n\ndef f():\n    pass\n\nimport b\n",
        "class A:\n    def f(self):\n        x = 1\n        from a import (b,  # )\n        c)\n",
        'x = """\nimport a\n"""\nimport b\n',
        "x = '''\nimport a\n'''; y = 1\nimport b\n",
        "x = 'a\\\nimport b'\nimport c\n",
        "from a \\\nimport b\nimport c\n",
        "# import a\nimport b  # '''\nimport c\n",
        "try:\n    import a\nexcept ImportError:\n    import b\nelse:\n    import c\n",
        "from typing import TYPE_CHECKING as T\nif T:\n    import a\nelse:\n    import b\n",
        "def f():\n    yield from g\n    x = (yield\nfrom_a)\n    import b\n",
        "x = [\n1,\n2,\n]\nimport a\n",
        "if a: import b\nimport c\n",
        "x = 1; import b\nimport c\n",
        'x = f"{a["b"]}"\nimport c\n',
        'x = f"{"""a"""}"\nimport c\n"""\nimport d\n"""\n',
        'x = ""\ny = """"a\nimport b\n"""\nimport c\n',
        'x = r"\\"\nimport c\n"\n',
        '"""\\"""\nimport a\n"""\nimport b',
        "\x0cimport a\n\timport b\n",
        "async def f():\n\timport a\n@b\nclass C: x = 1\n",
        "",
    ],
)
def test_the_imports_are_those_of_the_whole(source: str) -> None:
    data = source.encode()
    expected = read(data)
    if not expected.damages:
        assert list(read_imports(data).body) == imports_of(expected.body)


def test_no_more_is_kept_than_the_statements_that_import() -> None:
    kept = skimmed(b'"""Doc."""\nimport a\n\nx = [\n    1,\n]\n\ndef f():\n    import b\n\ny = 2\n')
    assert kept == b"\nimport a\n\n\n\n\n\ndef f():\n    import b\n\n\n"


def test_what_stands_behind_all_imports_is_left_out_whatever_it_is() -> None:
    kept = skimmed(b'import a\n\ndef f():\n    import b\n\nx = "a\n')
    assert kept == b"import a\n\ndef f():\n    import b\n\n\n"


def test_the_end_of_a_word_before_quotes_does_not_keep_a_file_from_being_skimmed() -> None:
    assert skimmed(b'x = {"account": {"id": 1}}\nimport a\n') == b"\nimport a\n"
    assert skimmed(b'x = rf"{a["b"]}"\nimport a\n') is None
    assert skimmed(b'x = f"{a["b"]}"\nimport a\n') is None


def test_comments_that_allow_are_found_outside_of_imports() -> None:
    assert read_imports(b"x = 1  # banyan: allow[E1] why\n").allows == ((1, "allow[E1] why"),)


def is_python(data: bytes) -> bool:
    """Whether Python itself would take it: the reader takes an import that goes on a line below."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            ast.parse(data)
        except (SyntaxError, ValueError):
            return False
    return True


def test_mangled_files_that_still_parse_have_the_same_imports() -> None:
    chance = random.Random(5)
    compared = 0
    for file in chance.sample([*OWN, *WITHOUT_TESTS], 300):
        data = mangled(file.read_bytes()[:8_000], chance)
        expected = read(data)
        if not expected.damages and is_python(data):
            compared += 1
            assert list(read_imports(data).body) == imports_of(expected.body), data
    assert compared > 40


@pytest.mark.slow
def test_all_files_of_the_standard_library_have_the_same_imports() -> None:
    for file in WITHOUT_TESTS:
        data = file.read_bytes()
        found = [one for one in read_imports(data).body if isinstance(one, Import)]
        assert found == imports_of(read(data).body), file
