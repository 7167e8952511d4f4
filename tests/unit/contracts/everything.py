"""A message with a field of every type that can travel, and values of it for property tests."""

import datetime
import decimal
import enum
import uuid
from typing import Any, NewType

from hypothesis import strategies as st

from banyan import Message

CustomerId = NewType("CustomerId", int)


class Colour(enum.Enum):
    RED = "r"
    GREEN = "g"


class Size(enum.IntEnum):
    SMALL = 1
    LARGE = 2


class Card(Message):
    number: str


class Invoice(Message):
    due: datetime.date
    iban_2: str = ""


class Tree(Message):
    name: str
    children: list["Tree"] = []


class Everything(Message):
    flag: bool
    whole_number: int
    real_number: float
    text: str
    raw_bytes: bytes
    price: decimal.Decimal
    day: datetime.date
    time_of_day: datetime.time
    moment: datetime.datetime
    length: datetime.timedelta
    key: uuid.UUID
    colour: Colour
    size: Size
    customer: CustomerId
    card: Card
    payment: Card | Invoice
    tree: Tree
    maybe_flag: bool | None
    maybe_number: int | None
    maybe_text: str | None
    maybe_moment: datetime.datetime | None
    maybe_card: Card | None
    maybe_payment: Card | Invoice | None
    maybe_colour: Colour | None = None
    numbers: list[int]
    reals: list[float]
    texts: tuple[str, ...]
    moments: list[datetime.datetime]
    lengths: list[datetime.timedelta]
    colours: list[Colour]
    cards: tuple[Card, ...]
    payments: list[Card | Invoice]
    by_name: dict[str, int]
    by_number: dict[int, Card]
    payment_by_name: dict[str, Card | Invoice]
    prices_by_number: dict[int, decimal.Decimal]
    with_default: int = 7
    from_: str = "the start"


INTEGERS = st.one_of(
    st.integers(-(2**63), 2**63 - 1),
    st.sampled_from([0, 2**31 - 1, 2**31, -(2**31), -(2**31) - 1, 2**63 - 1, -(2**63)]),
)
REALS = st.floats(allow_nan=False, allow_infinity=False)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
DECIMALS = st.one_of(
    st.decimals(
        allow_nan=False, allow_infinity=False, places=2, min_value=-(10**12), max_value=10**12
    ),
    st.builds(
        lambda sign, digits, exponent: decimal.Decimal((sign, digits, exponent)),
        st.integers(0, 1),
        st.lists(st.integers(0, 9), min_size=1, max_size=30).map(tuple),
        st.integers(-400, 400),
    ),
)
DATES = st.dates()
OFFSETS = st.integers(-14 * 60, 14 * 60).map(
    lambda minutes: datetime.timezone(datetime.timedelta(minutes=minutes))
)
MOMENTS = st.datetimes(
    datetime.datetime(2, 1, 1),  # noqa: DTZ001 - the strategy takes naive bounds
    datetime.datetime(9998, 12, 31),  # noqa: DTZ001
    timezones=OFFSETS,
)
LENGTHS = st.timedeltas(
    datetime.timedelta(seconds=-315_576_000_000), datetime.timedelta(seconds=315_576_000_000)
)
CARDS = st.builds(Card, number=TEXTS)
INVOICES = st.builds(Invoice, due=DATES, iban_2=TEXTS)
PAYMENTS = st.one_of(CARDS, INVOICES)
TREES = st.recursive(
    st.builds(Tree, name=TEXTS),
    lambda inner: st.builds(Tree, name=TEXTS, children=st.lists(inner, max_size=3)),
    max_leaves=6,
)


def _few(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    return st.lists(strategy, max_size=3)


def _by(
    key: st.SearchStrategy[Any], value: st.SearchStrategy[Any]
) -> st.SearchStrategy[dict[Any, Any]]:
    return st.dictionaries(key, value, max_size=3)


EVERYTHING = st.builds(
    Everything,
    flag=st.booleans(),
    whole_number=INTEGERS,
    real_number=REALS,
    text=TEXTS,
    raw_bytes=st.binary(max_size=12),
    price=DECIMALS,
    day=DATES,
    time_of_day=st.times(),
    moment=MOMENTS,
    length=LENGTHS,
    key=st.uuids(),
    colour=st.sampled_from(Colour),
    size=st.sampled_from(Size),
    customer=INTEGERS,
    card=CARDS,
    payment=PAYMENTS,
    tree=TREES,
    maybe_flag=st.none() | st.booleans(),
    maybe_number=st.none() | INTEGERS,
    maybe_text=st.none() | TEXTS,
    maybe_moment=st.none() | MOMENTS,
    maybe_card=st.none() | CARDS,
    maybe_payment=st.none() | PAYMENTS,
    maybe_colour=st.none() | st.sampled_from(Colour),
    numbers=_few(INTEGERS),
    reals=_few(REALS),
    texts=_few(TEXTS).map(tuple),
    moments=_few(MOMENTS),
    lengths=_few(LENGTHS),
    colours=_few(st.sampled_from(Colour)),
    cards=_few(CARDS).map(tuple),
    payments=_few(PAYMENTS),
    by_name=_by(TEXTS, INTEGERS),
    by_number=_by(INTEGERS, CARDS),
    payment_by_name=_by(TEXTS, PAYMENTS),
    prices_by_number=_by(INTEGERS, DECIMALS),
    with_default=INTEGERS,
    from_=TEXTS,
)

SAMPLE = Everything(
    flag=True,
    whole_number=2**40,
    real_number=0.5,
    text="tea",
    raw_bytes=b"\xff",
    price=decimal.Decimal("3.50"),
    day=datetime.date(2026, 1, 31),
    time_of_day=datetime.time(9, 30),
    moment=datetime.datetime(2026, 1, 31, 9, 30, tzinfo=datetime.UTC),
    length=datetime.timedelta(seconds=3),
    key=uuid.UUID("12345678-1234-5678-1234-567812345678"),
    colour=Colour.RED,
    size=Size.LARGE,
    customer=CustomerId(7),
    card=Card(number="4242"),
    payment=Invoice(due=datetime.date(2026, 2, 28)),
    tree=Tree(name="root", children=[Tree(name="leaf")]),
    maybe_flag=None,
    maybe_number=None,
    maybe_text=None,
    maybe_moment=None,
    maybe_card=None,
    maybe_payment=None,
    numbers=[1, 2**40],
    reals=[0.5],
    texts=("a", "b"),
    moments=[],
    lengths=[],
    colours=[Colour.GREEN],
    cards=(),
    payments=[Card(number="4242"), Invoice(due=datetime.date(2026, 2, 28), iban_2="X")],
    by_name={"a": 1},
    by_number={2**40: Card(number="1")},
    payment_by_name={},
    prices_by_number={-1: decimal.Decimal(1)},
)
