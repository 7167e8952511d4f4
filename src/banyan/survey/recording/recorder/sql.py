"""Finds the tables in a statement of Django's, cheaply: by words, and by the vendor's quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any


class Statement:
    """What one or more texts of SQL touch: equal ones are one object."""

    def __init__(self, accesses: Any, joins: Any) -> None:
        self.accesses: tuple[tuple[str, str], ...] = accesses
        self.joins: tuple[tuple[str, str, str], ...] = joins
        self.writes = frozenset(table for verb, table in self.accesses if verb != "SELECT")


class Sql:
    """Finds the tables in a statement by the few words before them, and by the vendor's quotes."""

    BEGIN = re.compile(
        r"(?:[\s(]|--[^\n]*\n|/\*.*?\*/)*(SELECT|INSERT|UPDATE|DELETE|WITH|REPLACE|MERGE)\b",
        re.IGNORECASE | re.DOTALL,
    )
    AFTER_ON = re.compile(
        r"\b(?:WHERE|GROUP|ORDER|HAVING|LIMIT|UNION|SET|RETURNING)\b", re.IGNORECASE
    )

    def __init__(self, is_mysql: bool) -> None:
        quoted = r"`[^`]+`" if is_mysql else r'"[^"]+"|`[^`]+`|\[[^\]]+\]'
        name = rf"(?:{quoted}|[A-Za-z_][\w$]*)"
        self.qualifier = re.compile(rf"({name})\s*\.")
        self.more = re.compile(
            rf"\s*(?:AS\s+)?(?P<alias>{name})?\s*,\s*(?P<name>{name}(?:\.{name})*)(?!\w*\s*\()",
            re.IGNORECASE,
        )
        text = r"'(?:[^'\\]|''|\\.)*'"
        text = rf'{text}|"(?:[^"\\]|\\.)*"' if is_mysql else rf"\bE{text}|'(?:[^']|'')*'"
        # Only the lines with a word find tables; the others eat what could look like one.
        self.scanner = re.compile(
            rf"""{text} | --[^\n]* | /\*.*?\*/ | \$(?P<tag>\w*)\$.*?\$(?P=tag)\$
            | \b(?:EXTRACT|SUBSTRING|TRIM|OVERLAY)\s*\([^()]*?\bFROM\b | \bDISTINCT\s+FROM\b
            | \b(?:FOR(?:\s+NO\s+KEY)?|KEY|DO)\s+UPDATE\b
            | (?:\bWITH(?:\s+RECURSIVE)?|,)\s*(?P<cte>{name})\s*(?:\([^()]*\)\s*)?
              \bAS\s+(?:(?:NOT\s+)?MATERIALIZED\s+)?\(
            | \b(?P<word>DELETE\s+FROM|FROM|JOIN|INTO|UPDATE|USING)\s+
              (?:(?:ONLY|IGNORE|OR\s+\w+)\s+)?(?P<name>{name}(?:\.{name})*)(?P<call>\s*\()?
              (?=(?:\s+(?:AS\s+)?(?P<alias>{name}))?)
            | {quoted}""",
            re.IGNORECASE | re.DOTALL | re.VERBOSE,
        )

    @staticmethod
    def bare(name: str) -> str:
        """A name without quotes: ``"shop"."order"`` is ``shop.order``."""
        return re.sub(r'["`\[\]]', "", name)

    def read(self, sql: str) -> tuple[Any, Any]:
        """The (verb, table) pairs of a statement, and the (table, table, how) pairs."""
        begin = self.BEGIN.match(sql)
        if begin is None:
            return (), ()
        start = begin[1].upper()
        if start == "INSERT" and " VALUES " in sql:
            sql = sql[: sql.index(" VALUES ")]  # a thousand rows say no more than their table
        found = list(self.scanner.finditer(sql))
        ctes = {self.bare(one["cte"]) for one in found if one["cte"]}
        aliases: dict[str, str] = {}
        accesses: list[tuple[str, str]] = []
        outermost = (
            len(sql),
            "",
        )  # how deep in parentheses the statement's main table is; its name
        joined: list[tuple[str, str, int, int]] = []
        places = [one for one in found if one["word"]]
        for number, one in enumerate(places):
            word = " ".join(one["word"].upper().split())
            is_source = word in {"FROM", "JOIN", "USING"}
            if (one["call"] and is_source) or (word == "USING" and start != "DELETE"):
                continue  # a function's rows; a join's columns
            table, verb = self.bare(one["name"]), {"INTO": "INSERT"}.get(word, word.split()[0])
            names = [(table, one["alias"])]
            after = self.more.match(sql, one.end("name")) if word == "FROM" else None
            while after:
                names[-1] = (names[-1][0], after["alias"])
                names.append((self.bare(after["name"]), None))
                after = self.more.match(sql, after.end("name"))
            for position, (name, alias) in enumerate(names):
                aliases[name] = aliases[self.bare(alias or name)] = name
                if name not in ctes:
                    accesses.append(("SELECT" if is_source else verb, name))
                    depth = sql.count("(", 0, one.start()) - sql.count(")", 0, one.start())
                    outermost = min(outermost, (depth, name), key=lambda some: some[0])
                if position or word in {"JOIN", "USING"}:
                    end = places[number + 1].start() if number + 1 < len(places) else len(sql)
                    joined.append((name, names[0][0] if position else "", one.end(), end))
        pairs = self._pairs(
            sql, outermost[1], accesses=accesses, joined=joined, aliases=aliases, ctes=ctes
        )
        return tuple(sorted(set(accesses))), tuple(sorted(set(pairs)))

    def _pairs(
        self, sql: str, first: str, *, accesses: Any, joined: Any, aliases: Any, ctes: Any
    ) -> Iterator[tuple[str, str, str]]:
        together = {name: {name} for _, name in accesses}
        for name, beside, begin, end in joined:
            condition = self.AFTER_ON.split(sql[begin:end], maxsplit=1)[0]
            qualifiers = (self.bare(one) for one in self.qualifier.findall(condition))
            others = {aliases[one] for one in qualifiers if one in aliases} - {name}
            for other in others or {beside or first}:
                if name != other and not {name, other} & ctes:
                    yield (min(name, other), max(name, other), "join")
                    both = together[name] | together[other]
                    together.update(dict.fromkeys(both, both))
        for _, name in accesses:
            if name not in together[first]:
                yield (min(name, first), max(name, first), "subquery")
                both = together[name] | together[first]
                together.update(dict.fromkeys(both, both))
