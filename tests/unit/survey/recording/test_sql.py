"""Tables are found in the SQL that Django writes, and in SQL written by hand."""

import pytest

from banyan.survey.recording.recorder.sql import Sql

SQL, MYSQL = Sql(is_mysql=False), Sql(is_mysql=True)


@pytest.mark.parametrize(
    ("sql", "accesses"),
    [
        ('SELECT "a"."id" FROM "a" WHERE "a"."id" = %s', ["SELECT a"]),
        ("select id from a", ["SELECT a"]),
        ('INSERT INTO "a" ("x") VALUES (%s) RETURNING "a"."id"', ["INSERT a"]),
        ("INSERT OR IGNORE INTO a (x) VALUES (%s)", ["INSERT a"]),
        ('INSERT INTO "a" ("x") SELECT "b"."x" FROM "b"', ["INSERT a", "SELECT b"]),
        ('INSERT INTO "a" ("x") SELECT * FROM UNNEST((%s)::integer[])', ["INSERT a"]),
        ('INSERT INTO "a" VALUES (%s) ON CONFLICT DO UPDATE SET "x" = 1', ["INSERT a"]),
        ("REPLACE INTO a SELECT x FROM b", ["INSERT a", "SELECT b"]),
        ('UPDATE "a" SET "x" = %s', ["UPDATE a"]),
        ("UPDATE ONLY a SET x = 1 FROM b WHERE a.y = b.y", ["SELECT b", "UPDATE a"]),
        ('DELETE FROM "a" WHERE "a"."x" IN (SELECT x FROM "b")', ["DELETE a", "SELECT b"]),
        ("DELETE  FROM a USING b WHERE a.x = b.x", ["DELETE a", "SELECT b"]),
        ('SELECT 1 FROM "a" JOIN "b" USING (x)', ["SELECT a", "SELECT b"]),
        ('SELECT 1 FROM "a" , "b" WHERE true', ["SELECT a", "SELECT b"]),
        ("SELECT 1 FROM a x, b AS y, c ORDER BY 1, 2", ["SELECT a", "SELECT b", "SELECT c"]),
        ("SELECT 1 FROM a LIMIT 5, 10", ["SELECT a"]),
        ('SELECT 1 FROM "a" FOR UPDATE OF "a" NOWAIT', ["SELECT a"]),
        ("SELECT 1 FROM a FOR NO KEY UPDATE SKIP LOCKED", ["SELECT a"]),
        ("SELECT EXTRACT(YEAR FROM \"a\".\"day\") FROM \"a\"", ["SELECT a"]),
        ("SELECT TRIM(BOTH ' ' FROM x), SUBSTRING(y FROM 2) FROM a", ["SELECT a"]),
        ('SELECT 1 FROM a WHERE "x" IS DISTINCT FROM "a"."y"', ["SELECT a"]),
        ("SELECT 1 FROM b, generate_series(1, 9)", ["SELECT b"]),
        ("(SELECT 1 FROM a) UNION (SELECT 1 FROM b)", ["SELECT a", "SELECT b"]),
        ("WITH c AS (SELECT 1 FROM a), d (x) AS (SELECT 1 FROM c) SELECT 1 FROM d", ["SELECT a"]),
        ("WITH RECURSIVE t AS (SELECT 1 FROM a) DELETE FROM b", ["DELETE b", "SELECT a"]),
        ("-- FROM x\n/* FROM y */ SELECT 'FROM z', 'it''s FROM z' FROM a -- , b", ["SELECT a"]),
        ("SELECT E'it\\'s FROM z', $$ FROM y $$, $q$ FROM $$ w $q$ FROM a", ["SELECT a"]),
        ('SELECT 1 AS "valid from day" FROM a', ["SELECT a"]),
        ('SELECT 1 FROM "shop"."a" JOIN [dbo].[b] ON 1 = 1', ["SELECT dbo.b", "SELECT shop.a"]),
        ("SELECT 1 FROM (SELECT 1 FROM a) AS x", ["SELECT a"]),
        ("SAVEPOINT from_a", []),
        ("CREATE TABLE a AS SELECT 1 FROM b", []),
    ],
)  # fmt: skip
def test_a_statement_is_read_as_the_tables_it_touches(sql: str, accesses: list[str]) -> None:
    assert [" ".join(one) for one in SQL.read(sql)[0]] == accesses


@pytest.mark.parametrize(
    ("sql", "accesses"),
    [
        ("SELECT `a`.`x` FROM `a` WHERE `a`.`x` = \"FROM secret\"", ["SELECT a"]),
        ("SELECT 'it\\'s FROM secret' FROM `a`", ["SELECT a"]),
        ("INSERT IGNORE INTO `a` (`x`) VALUES (%s) ON DUPLICATE KEY UPDATE `x` = 1", ["INSERT a"]),
        ("SELECT CONVERT(`x` USING utf8mb4) FROM `a`", ["SELECT a"]),
    ],
)  # fmt: skip
def test_in_mysql_double_quotes_are_text(sql: str, accesses: list[str]) -> None:
    assert [" ".join(one) for one in MYSQL.read(sql)[0]] == accesses


@pytest.mark.parametrize(
    ("sql", "pairs"),
    [
        ('SELECT 1 FROM "a" INNER JOIN "b" ON ("a"."b_id" = "b"."id")', ["a b join"]),
        (
            'SELECT 1 FROM "a" LEFT OUTER JOIN "b" ON ("a"."b_id" = "b"."id") '
            'LEFT OUTER JOIN "c" T4 ON ("b"."c_id" = T4."id") WHERE "a"."x" = T4."x"',
            ["a b join", "b c join"],
        ),
        ('SELECT 1 FROM "a" JOIN "a" T2 ON ("a"."up" = T2."id")', []),
        ("SELECT 1 FROM b JOIN a USING (x)", ["a b join"]),
        ("SELECT 1 FROM a, b c WHERE a.x = c.x", ["a b join"]),
        ('SELECT 1 FROM "a" WHERE "a"."x" IN (SELECT U0."x" FROM "b" U0)', ["a b subquery"]),
        (
            'SELECT 1 FROM "a" WHERE EXISTS(SELECT 1 FROM "b" U0 INNER JOIN "c" U1 '
            'ON (U0."c_id" = U1."id") WHERE U0."a_id" = ("a"."id"))',
            ["a b subquery", "b c join"],
        ),
        (
            "WITH n AS (SELECT x FROM c) SELECT 1 FROM a JOIN n ON (n.x = a.x)",
            ["a c subquery"],
        ),
        ('DELETE FROM "a" WHERE "a"."x" IN (SELECT "b"."x" FROM "b")', ["a b subquery"]),
    ],
)
def test_tables_that_meet_in_a_statement_are_pairs(sql: str, pairs: list[str]) -> None:
    assert [" ".join(one) for one in SQL.read(sql)[1]] == pairs
