"""Values are followed into functions and out of them, through objects and their classes."""

from tests.unit.survey.following.small_shop import told


def test_what_a_function_elsewhere_returns_is_followed_and_calling_it_is_no_access() -> None:
    found = told(
        """
    from users.services import find, names

    def page():
        names()
        find("x").delete()
    """,
        users__services="""
    def find(name):
        return _find(name)

    def _find(name):
        return User.people.filter(username=name).first()

    def names():
        return [user.username for user in User.people.all()]
    """,
    )
    assert found.lines() == {'model_access users.User delete: find("x").delete()'}


def test_what_a_function_is_given_is_followed_into_it() -> None:
    found = told(
        """
    def page(pk):
        save_all(Order.objects.get(pk=pk))

    def save_all(order):
        save(order)

    def save(order):
        order.save()
    """
    )
    assert "model_access orders.Order update: order.save()" in found.lines()


def test_a_function_that_is_given_rows_of_many_modules_is_told_of_none() -> None:
    found = told(
        """
    class Own(models.Model):
        pass

    def page(pk):
        for model in (Order, User, Product, Line, Team):
            touch(model.objects.get(pk=pk))

    def touch(row):
        row.save()
    """
    )
    assert not any("row.save()" in line for line in found.lines())


def test_what_one_caller_gives_is_not_given_back_to_another() -> None:
    found = told(
        """
    def first(rows):
        return rows.first()

    def of_orders():
        return first(Order.objects.all())

    def of_users():
        first(User.people.all()).save()
    """
    )
    assert "model_access users.User update: first(User.people.all()).save()" in found.lines()
    assert not any(line.startswith("model_access orders.Order update") for line in found.lines())


def test_recursion_ends() -> None:
    found = told(
        """
    def down(pk):
        if pk:
            return up(pk - 1)
        return Order.objects.first()

    def up(pk):
        return down(pk)

    def page():
        up(3).save()
    """
    )
    assert "model_access orders.Order update: up(3).save()" in found.lines()


def test_attributes_of_objects_are_known_from_where_they_are_given() -> None:
    found = told(
        """
    class Receipt:
        last: Order

        def __init__(self, pk, order: Order):
            self.found = User.people.get(pk=pk)
            self.order = order

        @property
        def user(self):
            return self.found

        def keep(self):
            self.user.save()
            self.order.delete()
            self.last.save()
    """
    )
    written = {line for line in found.lines() if " read" not in line}
    assert written == {
        "model_access users.User update: self.user.save()",
        "model_access orders.Order delete: self.order.delete()",
        "model_access orders.Order update: self.last.save()",
    }


def test_a_method_of_a_base_is_followed_for_the_classes_it_ends_in() -> None:
    found = told(
        """
    class Listed:
        model = None

        def rows(self):
            return self.model.objects.all()

    class Orders(Listed):
        model = Order
    """
    )
    assert found.lines() == {"model_access orders.Order read: return self.model.objects.all()"}


def test_what_a_manager_asks_of_the_model_it_is_made_for_elsewhere_is_not_told() -> None:
    found = told(
        reports__managers="""
    class Shown(models.Manager):
        def shown(self):
            return self.filter(total=3)
    """,
        orders__shown="""
    from reports.managers import Shown

    class Tagged(models.Model):
        total = models.IntegerField()
        objects = Shown()
    """,
    )
    assert not found.lines("reports/managers.py")


def test_receivers_are_given_rows_of_the_sender_and_what_signals_carry() -> None:
    found = told(
        """
    from django.db.models.signals import post_save
    from django.dispatch import receiver
    from orders.signals import placed

    @receiver(post_save, sender=Order)
    def saved(sender, instance, **kwargs):
        instance.delete()

    @receiver(placed)
    def heard(sender, order, **kwargs):
        order.save()
    """,
        orders__signals="""
    from django.dispatch import Signal

    placed = Signal()

    def place(pk):
        placed.send(sender=None, order=Order.objects.get(pk=pk))
    """,
    )
    assert found.lines() == {
        "signal orders.Order : @receiver(post_save, sender=Order)",
        "signal orders.signals.placed : @receiver(placed)",
        "model_access orders.Order delete: instance.delete()",
        "model_access orders.Order update: order.save()",
    }


def test_what_middleware_puts_on_the_request_is_there_in_views() -> None:
    found = told(
        """
    def page(request):
        request.basket.save()
    """,
        orders__middleware="""
    class Baskets:
        def __call__(self, request):
            request.basket = Order.objects.first()
    """,
    )
    assert "model_access orders.Order update: request.basket.save()" in found.lines()


def test_nothing_is_guessed_from_names_alone() -> None:
    found = told(
        """
    def page(order, user):
        user.save()
        return order.user.email
    """
    )
    assert not found.lines()


def test_a_querys_method_on_something_unknown_is_told_as_unresolved() -> None:
    found = told(
        """
    def page(rows):
        return rows.filter(total=3)
    """
    )
    assert found.ends() == ["`.filter()` is called on `rows`, of which nothing is known"]


def test_of_what_an_annotation_allows_what_is_given_counts() -> None:
    found = told(
        """
    def keep(row: Order | User):
        return row

    def page(pk):
        keep(Order.objects.get(pk=pk)).save()
    """
    )
    written = {line for line in found.lines() if " read" not in line}
    assert written == {"model_access orders.Order update: keep(Order.objects.get(pk=pk)).save()"}


def test_a_form_writes_its_row_only_where_its_save_leads_to_the_table() -> None:
    found = told("""
    from django import forms

    class ProductForm(forms.ModelForm):
        class Meta:
            model = Product
            fields = ["name"]

    class Mailing(ProductForm):
        def save(self):
            return send(self.cleaned_data)

    class Noted(ProductForm):
        def save(self, *args, **kwargs):
            product = super().save(*args, **kwargs)
            return product

    def edit(request):
        waiting = ProductForm(request.POST).save(commit=False)
        mailed = Mailing(request.POST).save()
        noted = Noted(request.POST).save()
        saved = ProductForm(request.POST).save()
    """)
    assert {line for line in found.lines() if "update" in line} == {
        "model_access catalogue.Product update: model = Product",
        "model_access catalogue.Product update: product = super().save(*args, **kwargs)",
        "model_access catalogue.Product update: noted = Noted(request.POST).save()",
        "model_access catalogue.Product update: saved = ProductForm(request.POST).save()",
    }


def test_super_with_two_arguments_is_of_the_second() -> None:
    found = told(
        orders__services="""
    class Note(models.Model):
        def rename(self, product: Product):
            super(Product, product).save()
    """
    )
    assert found.lines("orders/services.py") == {
        "model_access catalogue.Product update: super(Product, product).save()"
    }


def test_a_signal_that_is_a_classes_attribute_is_named_whole() -> None:
    found = told(
        """
    from django.dispatch import receiver

    @receiver(Cart.placed)
    def note(sender, **kwargs):
        pass
    """.replace("from django.dispatch", "from orders.carts import Cart\n    from django.dispatch"),
        orders__carts="""
    from django.dispatch import Signal

    class Cart:
        placed = Signal()
    """,
    )
    assert found.lines() == {"signal orders.carts.Cart.placed : @receiver(Cart.placed)"}


def test_what_an_heir_elsewhere_fills_in_is_no_affair_of_the_class_it_derives_from() -> None:
    found = told(
        """
    class Report:
        model_class = None

        def rows(self):
            return self.model_class._default_manager.all()

    class UserReport(Report):
        model_class = User
    """,
        orders__reports="""
    from reports.views import Report

    class OrderReport(Report):
        model_class = Order
    """,
    )
    rows = "return self.model_class._default_manager.all()"
    assert found.lines() == {f"model_access users.User read: {rows}"}
