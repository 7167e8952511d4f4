"""Of the tables that an SQL text names, those that it writes are told."""

import pytest

from banyan.survey.sql import first_written, written_by


@pytest.mark.parametrize(
    ("text", "tables"),
    [
        ("UPDATE shop_product SET price = %s WHERE id IN %(ids)s", ("shop_product",)),
        ('INSERT INTO "shop_product" (name) SELECT email FROM users_user', ("shop_product",)),
        ("INSERT INTO a VALUES (%s) ON CONFLICT DO UPDATE SET x = 1", ("a",)),
        ("INSERT OR IGNORE INTO a VALUES (1)", ("a",)),
        ("DELETE FROM a USING b WHERE a.x = b.x", ("a",)),
        ("TRUNCATE TABLE a, b", ("a", "b")),
        ("UPDATE a SET x = 1; DELETE FROM b", ("a", "b")),
        ("MERGE INTO a USING b ON a.x = b.x WHEN MATCHED THEN UPDATE SET y = 1", ("a",)),
        ("WITH g AS (DELETE FROM a RETURNING *) INSERT INTO b SELECT * FROM g", ("b", "a")),
        ("SELECT x FROM a FOR UPDATE", ()),
        ("LOCK TABLE a IN SHARE MODE", ()),
        ("", ()),
        ("DELETE the last of them, (", ()),
    ],
)
def test_the_tables_that_statements_write_are_told(text: str, tables: tuple[str, ...]) -> None:
    assert written_by(text) == tables


@pytest.mark.parametrize(
    "text",
    [
        "UPDATE a JOIN b ON a.x = b.x SET b.y = 1",
        "UPDATE a, b SET a.x = b.y",
        "DELETE b FROM a JOIN b ON a.x = b.x",
    ],
)
def test_which_of_several_tables_is_written_is_not_guessed(text: str) -> None:
    assert written_by(text) == ()


@pytest.mark.parametrize(
    ("text", "tables"),
    [
        ("UPDATE a SET x = ", ("a",)),
        ('  insert into "a" (', ("a",)),
        ("DELETE FROM `a` WHERE x IN (", ("a",)),
        ("UPDATE prefix_", ()),
        ("SELECT * FROM a WHERE x = ", ()),
    ],
)
def test_of_a_text_whose_end_is_not_known_the_whole_name_must_be(
    text: str, tables: tuple[str, ...]
) -> None:
    assert first_written(text) == tables
