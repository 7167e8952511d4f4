"""Each wire form to the letter, and what is refused, with the place of it."""

import datetime
import decimal
import uuid
from typing import Any

import pytest
from tests.unit.contracts.everything import Card, Colour, Invoice, Size, Tree
from tests.unit.contracts.shop import Line, OrderView

from banyan import Message
from banyan.contracts.codec import Codec, codec_of, codec_of_fields
from banyan.contracts.problems import DecodeError, EncodeError
from banyan.contracts.shapes import field_of
from banyan.errors import Misuse, Status

EVENING = datetime.timezone(datetime.timedelta(hours=2))


def field(hint: Any) -> Codec[dict[str, Any]]:
    return codec_of_fields([field_of("Ask", "it", hint)])


def written(hint: Any, value: Any) -> str:
    return field(hint).encode({"it": value}).decode().removeprefix('{"it":').removesuffix("}")


def read(hint: Any, json: str) -> Any:
    return field(hint).decode(f'{{"it":{json}}}'.encode())["it"]


@pytest.mark.parametrize(
    ("hint", "value", "json"),
    [
        (bool, True, "true"),
        (int, 2**31 - 1, "2147483647"),
        (int, 2**31, '"2147483648"'),
        (int, -(2**31) - 1, '"-2147483649"'),
        (int, Size.LARGE, "2"),
        (float, 0.5, "0.5"),
        (float, 2, "2.0"),
        (str, "Tee, größer", '"Tee, größer"'),
        (bytes, b"\xfb\xff", '"+/8="'),
        (decimal.Decimal, decimal.Decimal("3.50"), '"3.50"'),
        (decimal.Decimal, decimal.Decimal("1E+3"), '"1000"'),
        (decimal.Decimal, decimal.Decimal("1E-7"), '"0.0000001"'),
        (datetime.date, datetime.date(2026, 1, 31), '"2026-01-31"'),
        (datetime.time, datetime.time(9, 30, 0, 5), '"09:30:00.000005"'),
        (
            datetime.datetime,
            datetime.datetime(2026, 1, 31, 9, 30, tzinfo=EVENING),
            '"2026-01-31T07:30:00Z"',
        ),
        (
            datetime.datetime,
            datetime.datetime(2026, 1, 31, 9, 30, 0, 250_000, tzinfo=datetime.UTC),
            '"2026-01-31T09:30:00.250Z"',
        ),
        (datetime.timedelta, datetime.timedelta(seconds=3), '"3s"'),
        (datetime.timedelta, datetime.timedelta(milliseconds=-1500), '"-1.500s"'),
        (datetime.timedelta, datetime.timedelta(microseconds=1), '"0.000001s"'),
        (uuid.UUID, uuid.UUID(int=1), '"00000000-0000-0000-0000-000000000001"'),
        (Colour, Colour.RED, '"RED"'),
        (list[int], [1, 2**40], '[1,"1099511627776"]'),
        (tuple[str, ...], ("a", "b"), '["a","b"]'),
        (dict[int, bool], {7: True, 2**40: False}, '{"7":true,"1099511627776":false}'),
        (Card | Invoice, Card(number="1"), '{"card":{"number":"1"}}'),
        (
            list[Card | Invoice],
            [Invoice(due=datetime.date(2026, 1, 31), iban_2="x")],
            '[{"invoice":{"due":"2026-01-31","iban2":"x"}}]',
        ),
    ],
)
def test_a_value_is_written_so_and_read_back(hint: Any, value: Any, json: str) -> None:
    assert written(hint, value) == json
    assert read(hint, json) == value


@pytest.mark.parametrize(
    ("hint", "json", "value"),
    [
        (int, '"12"', 12),
        (int, "12.0", 12),
        (int, "1.2e1", 12),
        (int, '"-9223372036854775808"', -(2**63)),
        (float, "3", 3.0),
        (float, '"1.5e3"', 1500.0),
        (bytes, '"-_8"', b"\xfb\xff"),
        (decimal.Decimal, '"1e3"', decimal.Decimal(1000)),
        (
            datetime.datetime,
            '"2026-01-31T09:30:00.123456789+02:00"',
            datetime.datetime(2026, 1, 31, 7, 30, 0, 123456, tzinfo=datetime.UTC),
        ),
        (datetime.timedelta, '"1.000000001s"', datetime.timedelta(seconds=1)),
        (datetime.timedelta, '"-0.5s"', datetime.timedelta(seconds=-0.5)),
        (list[int], "null", []),
        (dict[str, int], "null", {}),
        (str | None, "null", None),
        (Card | Invoice, '{"card":{"number":"1"},"invoice":null,"later":{}}', Card(number="1")),
    ],
)
def test_what_other_clients_may_write_is_read_too(hint: Any, json: str, value: Any) -> None:
    assert read(hint, json) == value


@pytest.mark.parametrize(
    ("hint", "json", "problem"),
    [
        (bool, "1", "expected true or false, got 1"),
        (bool, '"true"', "expected true or false, got 'true'"),
        (int, "true", "expected an integer, got true"),
        (int, "1.5", "expected an integer, got 1.5"),
        (int, '"1.0"', "expected an integer, got '1.0'"),
        (int, '" 1"', "expected an integer, got ' 1'"),
        (int, '"01"', "expected an integer, got '01'"),
        (int, '"१"', "expected an integer"),
        (int, "9223372036854775808", "the integer needs more than 64 bits"),
        (int, '"9223372036854775808"', "the integer needs more than 64 bits"),
        (int, "1e300", "expected an integer, got 1e+300"),
        (int, f'"{"9" * 5000}"', "expected an integer, got '99999"),
        (float, '"NaN"', "expected a finite number, got 'NaN'"),
        (float, '"Infinity"', "expected a finite number"),
        (float, '"1e999"', "expected a finite number"),
        (float, f"1{'0' * 400}", "expected a finite number, got 1000"),
        (str, "3", "expected a string, got 3"),
        (bytes, '"a"', "expected bytes in base64"),
        (bytes, '"ä"', "expected bytes in base64"),
        (decimal.Decimal, "3.5", "expected a decimal number in a string, got 3.5"),
        (decimal.Decimal, '"NaN"', "expected a decimal number in a string"),
        (decimal.Decimal, '"1_000"', "expected a decimal number in a string"),
        (decimal.Decimal, '"1e9999"', "the number has more than 1000 digits"),
        (decimal.Decimal, f'"{"9" * 1001}"', "the number has more than 1000 digits"),
        (decimal.Decimal, f'"{"9" * 1_000_000}"', "the number has more than 1000 digits"),
        (datetime.date, '"2026-02-30"', "expected a date such as 2026-01-31"),
        (datetime.date, '"20260131"', "expected a date such as"),
        (datetime.time, '"25:00:00"', "expected a time of day"),
        (datetime.datetime, '"2026-01-31T09:30:00"', "expected a time such as"),
        (datetime.datetime, '"2026-01-31 09:30:00Z"', "expected a time such as"),
        (datetime.datetime, '"2026-01-31T09:30:60Z"', "expected a time such as"),
        (datetime.datetime, '"0001-01-01T00:00:00+01:00"', "expected a time such as"),
        (datetime.datetime, '"2026-01-31T09:30:00+25:00"', "expected a time such as"),
        (datetime.timedelta, '"3"', "expected a duration such as 3s"),
        (datetime.timedelta, '"PT3S"', "expected a duration such as 3s"),
        (datetime.timedelta, '"315576000001s"', "expected a duration such as 3s"),
        (uuid.UUID, '"{00000000000000000000000000000001}"', "expected a UUID"),
        (uuid.UUID, '"zzzzzzzz-0000-0000-0000-000000000001"', "expected a UUID"),
        (Colour, '"BLUE"', "expected one of RED, GREEN, got 'BLUE'"),
        (Colour, "1", "expected one of RED, GREEN, got 1"),
        (list[int], "{}", "expected a list, got an object"),
        (list[int], "[1,null]", "it[1]: expected an integer, got null"),
        (dict[int, int], '{"a":1}', "it['a']: expected an integer, got 'a'"),
        (dict[int, int], '{"0":1,"-0":2}', "two keys of the object are the same number"),
        (dict[str, Card], '{"a":{}}', "it['a'].number: is required"),
        (Card, "[]", "expected an object, got a list"),
        (Card | Invoice, "{}", "expected exactly one of card, invoice; got 0"),
        (Card | Invoice, '{"card":{"number":"1"},"invoice":{}}', "got 2 of them"),
        (Card | Invoice, '{"card":{}}', "it.card.number: is required"),
        (str, "null", "it: is required"),
    ],
)
def test_anything_else_is_refused_with_what_was_expected(
    hint: Any, json: str, problem: str
) -> None:
    with pytest.raises(DecodeError) as refused:
        read(hint, json)
    assert problem in str(refused.value)
    assert len(str(refused.value)) < 150
    assert refused.value.status is Status.INVALID_ARGUMENT


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "is not JSON"),
        (b"\xff\xfe{}", "is not JSON"),
        (b'\xef\xbb\xbf{"sku":"a"}', "is not JSON"),
        (b'{"sku":"a"', "is not JSON"),
        (b'{"sku":"a"} x', "is not JSON"),
        (b'{"sku":NaN}', "is not JSON"),
        (b'{"sku":-Infinity}', "is not JSON"),
        (b'{"sku":"a","quantity":1e999}', "is not JSON"),
        (b'{"sku":"\\ud800"}', "is not JSON"),
        (b'{"sku":"\xff"}', "is not JSON"),
        (b"null", "expected an object, got null"),
        (b'{"sku":"a","sku":"b"}', "the key 'sku' stands twice in one object"),
        (b'{"sku":"a","other":{"x":1,"x":2}}', "the key 'x' stands twice in one object"),
        (b'{"sku":"a","other":%s1%s}' % (b"[" * 100_000, b"]" * 100_000), "nested too deeply"),
    ],
)
def test_a_text_that_is_no_message_is_refused(data: bytes, problem: str) -> None:
    with pytest.raises(DecodeError, match=problem):
        codec_of(Line).decode(data)


def test_a_message_that_is_too_large_is_refused_before_it_is_read() -> None:
    with pytest.raises(DecodeError, match="has 30 bytes; 29 are allowed") as refused:
        codec_of(Line).decode(b"x" * 30, max_bytes=29)
    assert refused.value.status is Status.RESOURCE_EXHAUSTED


def test_a_message_that_contains_its_own_kind_is_read_to_a_hundred_levels() -> None:
    def nested(levels: int) -> bytes:
        return b'{"name":"x","children":[' * levels + b'{"name":"x"}' + b"]}" * levels

    assert codec_of(Tree).decode(nested(49)).name == "x"
    with pytest.raises(DecodeError, match="nested more than 100 deep"):
        codec_of(Tree).decode(nested(51))
    with pytest.raises(DecodeError, match="nested"):
        codec_of(Tree).decode(nested(100_000), max_bytes=10**8)


def test_a_value_that_contains_itself_is_refused() -> None:
    children: list[Tree] = []
    tree = Tree(name="x", children=children)
    children.append(tree)

    with pytest.raises(EncodeError, match="nested too deeply, or contains itself"):
        codec_of(Tree).encode(tree)


def test_unknown_fields_are_passed_over_so_that_newer_peers_can_be_understood() -> None:
    assert codec_of(Line).decode(b'{"sku":"a","colour":"red"}') == Line(sku="a")


def test_white_space_escapes_and_the_order_of_fields_do_not_matter() -> None:
    data = b' { "quantity" : 2 ,\n "sku" : "\\u0061" } '
    assert codec_of(Line).decode(data) == Line(sku="a", quantity=2)


def test_both_spellings_of_a_field_are_read_but_not_together() -> None:
    codec = codec_of(OrderView)

    assert codec.decode(b'{"id":1,"user_id":2,"total":"3"}').user_id == 2
    with pytest.raises(DecodeError, match="user_id: 'userId' and 'user_id' are the same field"):
        codec.decode(b'{"id":1,"userId":2,"user_id":2,"total":"3"}')


@pytest.mark.parametrize(
    ("hint", "value", "problem"),
    [
        (int, True, "it: expected int, got bool"),
        (int, "7", "it: expected int, got str"),
        (int, 2**63, "it: the integer needs more than 64 bits"),
        (float, float("nan"), "it: nan cannot travel"),
        (float, 10**400, "it: inf cannot travel"),
        (str, b"x", "it: expected str, got bytes"),
        (str, None, "it: expected str, got NoneType"),
        (str, "\ud800", "it: the text has half of a surrogate pair"),
        (list[str], ["a", "\ud800"], r"it\[1\]: the text has half of a surrogate pair"),
        (decimal.Decimal, 1, "it: expected Decimal, got int"),
        (decimal.Decimal, decimal.Decimal("NaN"), "it: the Decimal is not finite"),
        (decimal.Decimal, decimal.Decimal("1E+99999"), "has more than 1000 digits"),
        (datetime.date, datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC), "got datetime"),
        (datetime.datetime, datetime.datetime(2026, 1, 1), "has no time zone"),  # noqa: DTZ001
        (datetime.datetime, datetime.datetime(1, 1, 1, tzinfo=EVENING), "outside the years"),
        (datetime.time, datetime.time(1, tzinfo=datetime.UTC), "without a time zone"),
        (datetime.timedelta, datetime.timedelta.max, "longer than ten thousand years"),
        (Colour, "RED", "expected Colour, got str"),
        (list[int], (1,), "expected list, got tuple"),
        (list[Card], [Card(number="1"), Card(number=2)], r"it\[1\]\.number: expected str"),  # type: ignore[arg-type]
        (dict[str, int], {"a": "b"}, r"it\['a'\]: expected int, got str"),
        (Card, {"number": "1"}, "expected Card, got dict"),
        (Card | Invoice, Tree(name="x"), "expected Card or Invoice, got Tree"),
    ],
)
def test_a_value_that_the_contract_does_not_say_is_the_callers_bug(
    hint: Any, value: Any, problem: str
) -> None:
    with pytest.raises(EncodeError, match=problem) as refused:
        written(hint, value)
    assert isinstance(refused.value, Misuse)


def test_a_subclass_of_a_message_is_refused_as_its_fields_would_be_lost() -> None:
    class GiftLine(Line):
        wrapping: str

    with pytest.raises(EncodeError, match=r"expected Line, got .*GiftLine, whose own"):
        codec_of(Line).encode(GiftLine(sku="a", wrapping="paper"))


def test_text_of_a_subclass_of_str_travels_as_text() -> None:
    class Safe(str):
        __slots__ = ()

    assert written(str, Safe("x")) == '"x"'


def test_a_list_that_a_default_made_is_not_shared() -> None:
    first = codec_of(OrderView).decode(b'{"id":1,"userId":2,"total":"3"}')
    first.lines.append(Line(sku="a"))
    second = codec_of(OrderView).decode(b'{"id":1,"userId":2,"total":"3"}')

    assert second.lines == []


class Note(Message):
    from_: str
    is_2fa: bool


def test_names_follow_the_rule_of_protobuf() -> None:
    assert codec_of(Note).encode(Note(from_="a", is_2fa=True)) == b'{"from":"a","is2fa":true}'


def test_a_problem_deep_inside_is_found_in_one_go() -> None:
    levels = 45
    data = b'{"name":"x","children":[' * levels + b'{"name":7}' + b"]}" * levels

    with pytest.raises(DecodeError) as refused:
        codec_of(Tree).decode(data)
    assert str(refused.value) == "children[0]." * levels + "name: expected a string, got 7"
