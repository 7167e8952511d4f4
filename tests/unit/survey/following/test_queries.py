"""Managers and queries are followed to the line that asks them."""

from tests.unit.survey.following.small_shop import told


def test_a_chain_is_one_access_on_the_line_of_its_last_method() -> None:
    found = told("""
    def late():
        return (
            Order.objects
            .filter(total=3)
            .first()
        )
    """)
    assert found.lines() == {"model_access orders.Order read: .first()"}


def test_the_verb_is_that_of_the_last_method() -> None:
    found = told("""
    def all_of_it():
        Order.objects.create(total=3)
        Order.objects.filter(total=3).update(total=4)
        Order.objects.all().delete()
    """)
    assert found.lines() == {
        "model_access orders.Order create: Order.objects.create(total=3)",
        "model_access orders.Order update: Order.objects.filter(total=3).update(total=4)",
        "model_access orders.Order delete: Order.objects.all().delete()",
    }


def test_a_deletion_tells_what_goes_along() -> None:
    (coupling,) = told("""
    def leave():
        User.people.all().delete()
    """).couplings
    assert coupling.cascades == ("catalogue.Product_watchers", "orders.Line", "orders.Order")


def test_a_deletion_of_own_rows_tells_whose_rows_go_along_or_are_emptied() -> None:
    found = told(
        users__services="""
    def leave(user: User):
        user.delete()
    """,
        catalogue__services="""
    def drop(product: Product):
        product.delete()
    """,
    )
    assert found.lines("users/services.py") == {
        "model_access orders.Order delete: user.delete()",
        "model_access orders.Line delete: user.delete()",
        "model_access catalogue.Product_watchers delete: user.delete()",
    }
    assert found.lines("catalogue/services.py") == {
        "model_access orders.Line update: product.delete()"
    }


def test_of_a_many_to_many_relation_the_pairs_are_written() -> None:
    found = told("""
    def watch(product: Product, user: User):
        product.watchers.add(user)
        product.watchers.set([user])
        user.watched.remove(product)
        product.watchers.create(name="x")
    """)
    assert found.lines() == {
        "model_access catalogue.Product_watchers create: product.watchers.add(user)",
        "model_access catalogue.Product_watchers update: product.watchers.set([user])",
        "reverse_accessor catalogue.Product_watchers delete: user.watched.remove(product)",
        'model_access users.User create: product.watchers.create(name="x")',
    }


def test_methods_of_a_projects_own_querysets_and_managers_are_known() -> None:
    found = told("""
    def counted():
        User.people.filter(pk=3).active().count()
        return Team.teams.active()
    """)
    assert found.lines() == {
        "model_access users.User read: User.people.filter(pk=3).active().count()",
        "model_access users.Team read: return Team.teams.active()",
    }


def test_rows_are_followed_through_variables_loops_and_comprehensions() -> None:
    found = told("""
    def emails(old):
        orders = Order.objects.filter(total=3) if old else Order.objects.none()
        for order in orders:
            order.save()
        return [line.product.name for line in Line.objects.all()]
    """)
    assert "model_access orders.Order update: order.save()" in found.lines()
    assert (
        "model_access catalogue.Product read: "
        "return [line.product.name for line in Line.objects.all()]"
    ) in found.lines()


def test_a_name_that_is_given_another_value_is_no_query_any_more() -> None:
    found = told("""
    def counted():
        orders = Order.objects.all()
        orders = [1, 2]
        return orders.count(1)
    """)
    assert found.lines() == {"model_access orders.Order read: orders = Order.objects.all()"}


def test_what_a_branch_that_returns_gives_to_a_name_is_not_there_after_it() -> None:
    found = told("""
    def either(old):
        if old:
            thing = Order.objects.first()
            return thing
        thing = old
        thing.save()
    """)
    assert not any("thing.save()" in line for line in found.lines())


def test_what_lists_tuples_and_dictionaries_hold_is_known_by_place_and_key() -> None:
    found = told("""
    def held(pk):
        pair = Order.objects.get(pk=pk), 3
        order, number = pair
        order.save()
        number.save()
        table = {"user": User.people.get(pk=pk), "number": 3}
        table["user"].delete()
        table["number"].delete()
    """)
    written = {line for line in found.lines() if " read" not in line}
    assert written == {
        "model_access orders.Order update: order.save()",
        'model_access users.User delete: table["user"].delete()',
    }


def test_an_app_that_asks_its_own_rows_crosses_nothing() -> None:
    found = told(
        orders__services="""
    def own():
        for line in Line.objects.filter(order__total=3):
            line.order.save()
        Order.objects.filter(user_id=3, user__in=[3]).values("user")
    """
    )
    assert not found.lines("orders/services.py")


def test_rows_that_a_query_loads_along_are_told_where_it_is_run_first() -> None:
    found = told(
        """
    from orders.entries import Entry

    def show():
        entries = Entry.entries.with_products()
        for entry in entries:
            print(entry)
        keys = [each.pk for each in entries]
        return keys, list(entries)

    def keys():
        return list(
            Entry.entries.with_products().filter(pk=3)
        )
    """,
        orders__entries="""
    class EntryQuerySet(models.QuerySet):
        def with_products(self):
            return self.select_related("product")

    class Entry(models.Model):
        product = models.ForeignKey("catalogue.Product", on_delete=models.CASCADE)
        entries = EntryQuerySet.as_manager()

        class Meta:
            app_label = "orders"
    """,
    )
    assert {line for line in found.lines() if "catalogue.Product" in line} == {
        "model_access catalogue.Product read: for entry in entries:",
        "model_access catalogue.Product read: Entry.entries.with_products().filter(pk=3)",
    }


def test_a_query_for_none_at_all_asks_no_table() -> None:
    found = told("""
    def nothing():
        return User.people.none()
    """)
    assert not found.lines()


def test_a_method_of_the_projects_own_that_writes_is_told_as_writing() -> None:
    found = told(
        """
    from orders.entries import Entry

    def recount():
        Entry.entries.filter(total=3).recount()
        Entry.entries.large()
    """,
        orders__entries="""
    class EntryQuerySet(models.QuerySet):
        def large(self):
            return self.filter(total__gt=10)

        def recount(self):
            for entry in self.large():
                entry.total = 1
            Entry.entries.bulk_update(self, fields=["total"])

    class Entry(models.Model):
        total = models.IntegerField()
        entries = EntryQuerySet.as_manager()

        class Meta:
            app_label = "orders"
    """,
    )
    assert found.lines() == {
        "model_access orders.Entry update: Entry.entries.filter(total=3).recount()",
        "model_access orders.Entry read: Entry.entries.large()",
    }


def test_a_query_is_told_on_its_own_line_and_not_on_that_of_the_call_around_it() -> None:
    found = told("""
    def names():
        return set(
            User.people.values_list("name")
        )

    def all_of_them():
        people = User.people.all()
        return list(people)
    """)
    assert found.lines() == {
        'model_access users.User read: User.people.values_list("name")',
        "model_access users.User read: people = User.people.all()",
        "model_access users.User read: return list(people)",
    }


def test_a_query_that_has_its_rows_already_asks_no_table_again() -> None:
    found = told("""
    def names(people=User.people.all()):
        for one in people:
            print(one)
        keys = [each.pk for each in people]
        some = people.filter(pk=3)
        return sorted(some), keys

    def either(is_long):
        people = User.people.all()
        if is_long:
            return [each.pk for each in people]
        return list(people)
    """)
    assert {line for line in found.lines() if "all()" not in line} == {
        "model_access users.User read: for one in people:",
        "model_access users.User read: some = people.filter(pk=3)",
        "model_access users.User read: return sorted(some), keys",
        "model_access users.User read: return [each.pk for each in people]",
        "model_access users.User read: return list(people)",
    }
