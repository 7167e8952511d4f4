"""CODEOWNERS by GitHub's rules, with the examples of GitHub's own documentation."""

import pytest

from banyan.boundaries.advice.owners import owner_rules, owners_of


@pytest.mark.parametrize(
    ("pattern", "path", "is_owned"),
    [
        ("*", "a/b/c.py", True),
        ("*.js", "app.js", True),
        ("*.js", "deep/down/app.js", True),
        ("*.js", "app.jsx", False),
        ("/build/logs/", "build/logs/deep/one.log", True),
        ("/build/logs/", "other/build/logs/one.log", False),
        ("docs/*", "docs/getting-started.md", True),
        ("docs/*", "docs/build-app/troubleshooting.md", False),
        ("apps/", "apps/github/readme.md", True),
        ("apps/", "deep/apps/readme.md", True),
        ("apps/", "apps", False),
        ("/docs/", "docs/deep/readme.md", True),
        ("/docs/", "build/docs/readme.md", False),
        ("/scripts", "scripts/deep/run.sh", True),
        ("**/logs", "build/logs/one.log", True),
        ("**/logs", "deeply/nested/logs/one.log", True),
        ("**/logs", "logs/one.log", True),
        ("/docs/**", "docs/deep/readme.md", True),
        ("/docs/**/index.md", "docs/index.md", True),
        ("/docs/**/index.md", "docs/a/b/index.md", True),
        ("shop/orders", "shop/orders/views.py", True),
        ("shop/orders", "shop/orders_more/views.py", False),
        ("shop/orders", "old/shop/orders/views.py", False),
        ("shop/*/admin.py", "shop/orders/admin.py", True),
        ("shop/*/admin.py", "shop/orders/deep/admin.py", False),
        ("file?.py", "file1.py", True),
        ("a.b", "aXb", False),
        ("[ab].py", "a.py", False),
    ],
)
def test_patterns(pattern: str, path: str, *, is_owned: bool) -> None:
    assert bool(owners_of(path, owner_rules(f"{pattern} @team"))) is is_owned


def test_the_last_rule_that_matches_holds_even_where_it_names_nobody() -> None:
    rules = owner_rules(
        "/apps/ @octocat\n/apps/github\n/apps/github/docs @doctocat @o/writers # x\n"
    )
    assert owners_of("apps/one.py", rules) == ("@octocat",)
    assert owners_of("apps/github/one.py", rules) == ()
    assert owners_of("apps/github/docs/one.md", rules) == ("@doctocat", "@o/writers")


def test_comments_blanks_and_escapes() -> None:
    rules = owner_rules("# all\n\n  * @all\nwith\\ space/ @spaced\n\\#odd @odd\n!no @nobody\n")
    assert owners_of("with space/a.py", rules) == ("@spaced",)
    assert owners_of("#odd", rules) == ("@odd",)
    assert owners_of("no", rules) == ("@all",)


def test_sections_of_gitlab_each_add_their_owners() -> None:
    text = "* @all\n[Docs][2] @docs\n*.md\nspecial.md @special\n^[Data]\n/shop/data/ @data\n"
    rules = owner_rules(text)
    assert owners_of("shop/data/readme.md", rules) == ("@all", "@docs", "@data")
    assert owners_of("special.md", rules) == ("@all", "@special")


def test_a_pattern_of_many_stars_does_not_take_forever() -> None:
    rules = owner_rules("*a*a*a*a*a*a*a*a*b @team\n" + "/**/" * 8 + "x @deep\n")
    assert owners_of("a" * 200, rules) == ()
    assert owners_of("a/" * 60, rules) == ()
