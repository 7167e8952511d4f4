"""A contract is read into what those who carry calls need to know."""

import copy
import pickle
from decimal import Decimal

import pytest
from tests.unit.contracts.shop import Line, OrderPlaced, Orders, OrderView, OutOfStock

from banyan import DeclaredError
from banyan.contracts import event_spec, spec_of
from banyan.contracts.problems import DecodeError, EncodeError
from banyan.errors import Misuse

PLACE = spec_of(Orders).methods["place"]


def test_every_method_of_the_contract_is_known_with_what_it_declares() -> None:
    methods = spec_of(Orders).methods

    assert list(methods) == ["for_user", "place", "forget"]
    assert [method.kind for method in methods.values()] == ["query", "command", "command"]
    assert [method.atomic for method in methods.values()] == [True, True, False]


def test_arguments_are_bound_by_name_with_the_defaults_of_the_contract() -> None:
    for_user = spec_of(Orders).methods["for_user"]

    assert for_user.bind((7,), {}) == {"user_id": 7, "limit": 20}
    assert for_user.bind((), {"user_id": 7, "limit": 1}) == {"user_id": 7, "limit": 1}


def test_arguments_that_do_not_fit_are_refused_as_by_a_plain_call() -> None:
    with pytest.raises(TypeError, match="missing a required argument: 'lines'"):
        PLACE.bind((7,), {})


def test_a_request_goes_over_the_wire_and_back() -> None:
    arguments = PLACE.bind((7, [Line(sku="tea", quantity=2)]), {})

    data = PLACE.request.encode(arguments)

    assert data == b'{"userId":7,"lines":[{"sku":"tea","quantity":2}]}'
    assert PLACE.request.decode(data) == arguments


def test_a_result_stands_under_the_name_result() -> None:
    view = OrderView(id=1, user_id=7, total=Decimal("3.50"))

    data = PLACE.encode_result(view)

    assert data == b'{"result":{"id":1,"userId":7,"total":"3.50","lines":[]}}'
    assert PLACE.decode_result(data) == view


def test_a_method_without_a_result_answers_with_an_empty_message() -> None:
    forget = spec_of(Orders).methods["forget"]

    assert forget.encode_result(None) == b"{}"
    assert forget.decode_result(b"{}") is None
    with pytest.raises(EncodeError, match="result: expected None, got int"):
        forget.encode_result(3)


def test_a_problem_names_the_path_to_it() -> None:
    with pytest.raises(DecodeError, match=r"^lines\[1\]\.quantity: expected an integer, got 'two'"):
        PLACE.request.decode(b'{"userId":7,"lines":[{"sku":"a"},{"sku":"b","quantity":"two"}]}')


def test_a_declared_error_travels_with_its_fields() -> None:
    spec = PLACE.declared(OutOfStock(sku="tea", left=2))

    assert spec is not None
    assert PLACE.error_named(spec.name) is spec
    back = spec.from_plain(spec.to_plain(OutOfStock(sku="tea", left=2)))
    assert isinstance(back, OutOfStock)
    assert (back.sku, back.left, str(back)) == ("tea", 2, "OutOfStock(sku='tea', left=2)")


def test_a_subclass_of_a_declared_error_reaches_the_caller_as_what_is_declared() -> None:
    class NoneEver(OutOfStock):
        since: str

    spec = PLACE.declared(NoneEver(sku="tea", since="May"))

    assert spec is not None
    assert spec.to_plain(NoneEver(sku="tea", since="May")) == {"sku": "tea", "left": 0}
    assert PLACE.declared(ValueError("no")) is None


def test_a_declared_error_can_be_copied_and_pickled() -> None:
    error = OutOfStock(sku="tea", left=2)

    assert copy.copy(error).fields() == error.fields()
    assert pickle.loads(pickle.dumps(error)).fields() == error.fields()  # noqa: S301


def test_a_declared_error_without_a_field_is_not_made() -> None:
    with pytest.raises(TypeError, match="Missing required argument 'sku'"):
        OutOfStock()  # type: ignore[call-arg]


def test_a_field_that_would_hide_what_every_error_has_is_refused() -> None:
    with pytest.raises(Misuse, match="The field 'code' of"):

        class CardRefused(DeclaredError):
            code: str  # type: ignore[misc]


def test_an_event_is_known_by_its_name_and_version() -> None:
    spec = event_spec(OrderPlaced)

    assert spec.name.endswith(".order_placed.v1")
    assert spec.codec.encode(OrderPlaced(order_id=1, user_id=7)) == b'{"orderId":1,"userId":7}'
