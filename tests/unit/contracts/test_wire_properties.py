"""Whatever a contract can say survives the wire, and protobuf's own JSON says the same."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from google.protobuf import json_format
from hypothesis import given
from hypothesis import strategies as st
from tests.stranger import protobuf_class
from tests.unit.contracts.everything import EVERYTHING, SAMPLE, Everything, Tree

from banyan.contracts.codec import _careful, _straight, codec_of, codec_of_fields
from banyan.contracts.problems import DecodeError
from banyan.contracts.shapes import field_of, fields_of

CODEC = codec_of(Everything)
STRANGER = protobuf_class(Everything)
NAMES = {field.json: field.name for field in fields_of(Everything)}

KEYS = st.text(max_size=5) | st.sampled_from(["name", "card"])
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8)
    | st.sampled_from(["3s", "2026-01-31", "2026-01-31T09:30:00Z", "1e9", "NaN", "AAA=", "RED"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.text(max_size=5) | st.sampled_from(["name", "card"]), inner, max_size=3
        )
    ),
    max_leaves=8,
)


@given(EVERYTHING)
def test_every_value_comes_back_as_it_went(value: Everything) -> None:
    assert CODEC.decode(CODEC.encode(value)) == value


@given(EVERYTHING)
def test_the_careful_way_says_what_the_straight_way_says(value: Everything) -> None:
    straight, careful = _straight.of(Everything), _careful.of(Everything)
    plain = careful.encode(value)

    assert straight.encode(value) == plain
    assert list(straight.encode(value)) == list(plain)
    assert careful.decode(plain) == value
    assert straight.decode(plain) == value


@given(EVERYTHING)
def test_protobuf_reads_what_we_write_and_we_read_what_it_writes(value: Everything) -> None:
    read = json_format.Parse(CODEC.encode(value), STRANGER())

    assert CODEC.decode(json_format.MessageToJson(read).encode()) == value
    by_python_names = json_format.MessageToJson(read, preserving_proto_field_name=True)
    assert CODEC.decode(by_python_names.encode()) == value


@given(st.dictionaries(st.sampled_from(sorted(NAMES)), JSON, min_size=1))
def test_a_message_with_wrong_parts_is_read_or_refused_with_the_path_to_one(
    wrong: dict[str, Any],
) -> None:
    refused = _refusal(lambda: CODEC.from_plain(CODEC.to_plain(SAMPLE) | wrong))

    if refused is not None:
        field = refused.path.partition("[")[0].partition(".")[0]
        assert field in {NAMES[name] for name in wrong}


@given(st.binary(max_size=40) | JSON.map(lambda value: json.dumps(value).encode()))
def test_bytes_of_any_kind_are_read_or_refused(data: bytes) -> None:
    refused = _refusal(lambda: codec_of(Tree).decode(data))

    assert refused is None or str(refused)


@given(JSON)
def test_an_integer_is_read_from_nothing_that_protobuf_refuses(data: Any) -> None:
    codec = codec_of_fields([field_of("Ask", "number", int, 0)])
    try:
        ours = codec.from_plain({"number": data})["number"]
    except DecodeError:
        return
    theirs = json_format.ParseDict({"wholeNumber": data}, STRANGER())
    assert theirs.whole_number == ours


def test_protobuf_writes_a_plain_message_to_the_letter_as_we_do() -> None:
    tree = Tree(name="root", children=[Tree(name="leaf")])
    data = codec_of(Tree).encode(tree)

    theirs = json_format.MessageToDict(json_format.Parse(data, protobuf_class(Tree)()))

    assert theirs == {"name": "root", "children": [{"name": "leaf"}]}
    with pytest.raises(json_format.ParseError):
        json_format.Parse(b'{"name": 3}', protobuf_class(Tree)())


def _refusal(read: Callable[[], object]) -> DecodeError | None:
    try:
        read()
    except DecodeError as error:
        return error
    return None
