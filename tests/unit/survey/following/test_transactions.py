"""A transaction tells whose models are written in it, also by the functions it calls."""

from tests.unit.survey.following.small_shop import told

from banyan.survey.facts import Kind


def transactions(views: str) -> set[tuple[str, str, int]]:
    """The module, the models, and the line within the text, of the transactions in a view."""
    found = told(views)
    start = found.files["reports/views.py"].split("\n").index(views.split("\n")[1]) + 1
    return {
        (one.to, one.target, one.line - start)
        for one in found.couplings
        if one.kind is Kind.TRANSACTION
    }


def test_each_other_module_that_is_written_is_told_on_the_line_of_atomic() -> None:
    assert transactions("""
    def place(pk):
        with transaction.atomic():
            Order.objects.create(total=3)
            settle(pk)

    def settle(pk):
        User.people.get(pk=pk).save()
    """) == {("orders", "orders.Order", 1), ("users", "users.User", 1)}


def test_a_decorator_is_a_transaction_too() -> None:
    assert transactions("""
    @transaction.atomic
    def place(pk):
        Order.objects.create(total=3)
        Product.objects.update(name="x")
    """) == {("orders", "orders.Order", 0), ("catalogue", "catalogue.Product", 0)}


def test_one_module_alone_reading_and_what_comes_after_commit_are_none() -> None:
    assert not transactions("""
    def place(pk):
        with transaction.atomic():
            User.people.get(pk=pk)
            Order.objects.create(total=3)
            Line.objects.create(order_id=3)
            transaction.on_commit(lambda: Product.objects.update(name="x"))
        Team.teams.update(name="x")
    """)


def test_one_statement_that_writes_a_row_of_either_model_spans_none() -> None:
    assert not transactions("""
    def move(rows):
        for row in [Order.objects.get(), User.people.get()]:
            with transaction.atomic():
                row.save()
    """)


def test_a_loop_within_writes_rows_of_both() -> None:
    assert transactions("""
    def move(rows):
        with transaction.atomic():
            for row in [Order.objects.get(), User.people.get()]:
                row.save()
    """) == {("orders", "orders.Order", 1), ("users", "users.User", 1)}


def test_what_may_be_written_instead_of_something_else_is_not_told_beside_it() -> None:
    assert transactions("""
    def store(row: Order | User, user: User):
        with transaction.atomic():
            user.save()
            row.save()

    def store_any(row: Order | User | Product):
        with transaction.atomic():
            row.save()
            row.save()

    def store_line(row: Order | Line, user: User):
        with transaction.atomic():
            user.save()
            row.save()
    """) == {("orders", "orders.Line, orders.Order", 11), ("users", "users.User", 11)}


def test_what_a_call_decides_by_true_or_false_or_by_a_class_is_not_done_otherwise() -> None:
    assert transactions("""
    def store(row: Order | User, owner: User, notify=False, both: bool = True):
        if isinstance(row, Order):
            row.save()
        else:
            Product.objects.create()
        if notify and owner:
            owner.save()
        if not both:
            return
        Team.teams.update(name="x")

    def one(order: Order, user: User):
        with transaction.atomic():
            store(order, user)

    def another(user: User):
        with transaction.atomic():
            store(user, user, True)
    """) == {
        ("orders", "orders.Order", 12),
        ("users", "users.Team", 12),
        ("catalogue", "catalogue.Product", 16),
        ("users", "users.Team, users.User", 16),
    }


def test_what_may_be_of_a_class_is_what_is_not_known_to_be_of_another() -> None:
    found = told("""
    def show(row: Order | User, order: Order):
        if isinstance(row, User):
            row.save()
        else:
            row.delete()
        if isinstance(order, Line):
            order.save()
    """)
    assert found.lines() == {
        "model_access users.User update: row.save()",
        "model_access orders.Order delete: row.delete()",
        "model_access orders.Line update: order.save()",
    }


def test_what_is_done_only_outside_of_transactions_is_written_in_none() -> None:
    assert transactions("""
    def place(order: Order, user: User):
        with transaction.atomic():
            order.save()
            soon(user.save)
            Product.objects.update(name="x")

    def soon(do):
        if transaction.get_connection().in_atomic_block:
            transaction.on_commit(lambda: do())
        else:
            User.people.update(name="x")
            do()
    """) == {("orders", "orders.Order", 1), ("catalogue", "catalogue.Product", 1)}


def test_a_loop_over_what_callers_give_writes_what_one_of_them_gives() -> None:
    assert not transactions("""
    def save_all(rows):
        with transaction.atomic():
            for row in rows:
                row.save()

    def both():
        save_all(Order.objects.all())
        save_all(User.people.all())
    """)


def test_of_what_a_list_names_all_is_written() -> None:
    assert transactions("""
    def shred(order: Order, user: User):
        with transaction.atomic():
            for rows in [order.lines.all(), user.orders.all(), Product.objects.all(), Team.teams]:
                rows.delete()
    """) == {
        ("orders", "orders.Line, orders.Order", 1),
        ("catalogue", "catalogue.Product", 1),
        ("users", "users.Team", 1),
    }


def test_giving_rows_to_a_many_to_many_relation_writes_its_pairs_alone() -> None:
    assert transactions("""
    def watch(product: Product, user: User, order: Order):
        with transaction.atomic():
            product.watchers.add(user)
            user.watched.remove(product)
            order.save()
    """) == {("orders", "orders.Order", 1), ("catalogue", "catalogue.Product_watchers", 1)}


def test_the_save_of_either_model_is_one_statement_even_where_they_have_their_own() -> None:
    found = told(
        """
    from orders.entries import Entry

    def move():
        for row in [Entry.objects.get(), User.people.get()]:
            with transaction.atomic():
                row.save()
    """,
        orders__entries="""
    class Entry(models.Model):
        total = models.IntegerField()

        class Meta:
            app_label = "orders"

        def save(self, *args, **kwargs):
            super().save(*args, **kwargs)
    """,
    )
    assert not [one for one in found.couplings if one.kind is Kind.TRANSACTION]
