"""Rows are followed along their relations, forward and backward, through libraries too."""

from tests.unit.survey.following.small_shop import told


def test_a_relation_is_read_on_the_line_of_its_name() -> None:
    found = told(
        orders__services="""
    def email(order: Order):
        return (
            order
            .user
            .email
        )
    """
    )
    assert found.lines("orders/services.py") == {"model_access users.User read: .user"}


def test_the_keys_own_column_and_giving_a_key_read_nothing() -> None:
    found = told(
        orders__services="""
    def keys(order: Order, someone):
        order.user = someone
        return order.user_id
    """
    )
    assert not found.lines("orders/services.py")


def test_a_reverse_accessor_is_told_once_on_its_own_line() -> None:
    found = told(
        users__services="""
    def orders(user: User):
        return (
            user
            .orders
            .filter(total=3)
            .first()
        )
    """
    )
    assert found.lines("users/services.py") == {"reverse_accessor orders.Order read: .orders"}


def test_a_reverse_accessor_tells_what_is_done_to_the_rows() -> None:
    found = told(
        users__services="""
    def forget(user: User):
        user.orders.all().delete()
    """
    )
    assert "reverse_accessor orders.Order delete: user.orders.all().delete()" in found.lines(
        "users/services.py"
    )


def test_the_user_of_a_request_is_a_row_of_the_projects_model() -> None:
    found = told("""
    def page(request):
        request.user.save()
    """)
    assert "model_access users.User update: request.user.save()" in found.lines()


def test_who_sends_a_request_is_told_apart_from_users_that_are_looked_for() -> None:
    found = told("""
    def page(request):
        return request.user.email

    def other(key):
        return User.people.get(pk=key)
    """)
    assert [(one.target, one.lookup) for one in found.couplings] == [
        ("users.User", "request.user"),
        ("users.User", ""),
    ]


def test_djangos_own_user_leads_home_again_and_is_no_coupling_itself() -> None:
    found = told(
        """
    def page(request):
        return request.user.email, request.user.orders.count()
    """,
        user="auth.User",
    )
    assert found.lines() == {
        "reverse_accessor orders.Order read: return request.user.email, request.user.orders.count()"
    }


def test_a_relation_to_a_proxy_is_known_to_the_model_whose_table_it_is() -> None:
    found = told(
        users__services="""
    def cards(user: User):
        return user.cards.count()
    """,
        orders__cards="""
    class Buyer(User):
        class Meta:
            proxy = True

    class Card(models.Model):
        buyer = models.ForeignKey(Buyer, on_delete=models.CASCADE, related_name="cards")
    """,
    )
    assert found.lines("users/services.py") == {
        "reverse_accessor orders.Card read: return user.cards.count()"
    }


def test_what_is_done_by_a_reverse_accessor_takes_the_place_of_reading() -> None:
    found = told(
        users__services="""
    def order(user: User):
        user.orders.create(total=3)
        user.orders.filter(total=3).delete()
        orders = user.orders.all()
        orders.update(total=4)
    """
    )
    assert found.lines("users/services.py") == {
        "reverse_accessor orders.Order create: user.orders.create(total=3)",
        "reverse_accessor orders.Order delete: user.orders.filter(total=3).delete()",
        "reverse_accessor orders.Order read: orders = user.orders.all()",
        "model_access orders.Order update: orders.update(total=4)",
    }
