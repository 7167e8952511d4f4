"""Permission names survive the journey in a token, and take little room."""

from hypothesis import given
from hypothesis import strategies as st

from banyan.identity.permissions import pack, unpack


def test_the_usual_four_become_one_entry() -> None:
    permissions = {f"orders.{action}_order" for action in ("add", "change", "delete", "view")}
    assert pack(permissions) == {"orders": ["order"]}


def test_some_of_the_four_are_letters_and_other_names_stay_whole() -> None:
    packed = pack({"orders.view_order", "orders.change_order", "orders.can_export", "hr.add"})
    assert packed == {"hr": ["=add"], "orders": ["=can_export", "order:cv"]}


names = st.text(alphabet="abcdevw_:=.é", min_size=1, max_size=8)
django_names = st.builds(
    "{}_{}".format, st.sampled_from(["add", "change", "delete", "view"]), names
)


@given(
    st.frozensets(
        st.builds("{}.{}".format, st.sampled_from(["orders", "hr"]), names | django_names)
    )
)
def test_whatever_is_packed_is_unpacked_again(permissions: frozenset[str]) -> None:
    assert unpack(pack(permissions)) == permissions
