# ALL EXPECTED
from django.contrib.auth import get_user_model
from django.db.models import F

from accounts.models import Profile, Team, User
from catalogue.models import Category, Product
from orders.models import Line, Note, Order

CURRENT = get_user_model()  # MAY: get_model reports->accounts


def create(user):
    Order.objects.create(user=user, status="new")  # EXPECT: model_access reports->orders target=orders.Order verb=create
    order = Order(user=user)
    order.save()  # EXPECT: model_access reports->orders target=orders.Order
    Order(user=user, status="new").save(force_insert=True)  # EXPECT: model_access reports->orders target=orders.Order
    CURRENT.objects.create_user("x")  # EXPECT: model_access reports->accounts target=accounts.User


def create_many(names):
    Team.teams.bulk_create([Team(name=name) for name in names], ignore_conflicts=True)  # EXPECT: model_access reports->accounts target=accounts.Team verb=create


def get_or_create(user):
    order, made = Order.objects.get_or_create(user=user, defaults={"status": "new"})  # EXPECT: model_access reports->orders target=orders.Order
    Profile.objects.update_or_create(user=user, defaults={"city": "Ghent"})  # EXPECT: model_access reports->accounts target=accounts.Profile
    return order


def update():
    Order.objects.filter(status="new").update(status="old")  # EXPECT: model_access reports->orders verb=update
    Product.objects.update(price=F("price") * 2)  # EXPECT: model_access reports->catalogue target=catalogue.Product verb=update
    Order.objects.bulk_update([], ["status"])  # EXPECT: model_access reports->orders verb=update


def lock(pk):
    order = Order.objects.select_for_update().get(pk=pk)  # EXPECT: model_access reports->orders verb=read
    order.status = "paid"  # MAY: model_access reports->orders
    order.save(update_fields=["status"])  # EXPECT: model_access reports->orders verb=update
    order.refresh_from_db()  # EXPECT: model_access reports->orders verb=read


async def later(pk):
    order = await Order.objects.aget(pk=pk)  # EXPECT: model_access reports->orders verb=read
    await order.asave()  # EXPECT: model_access reports->orders verb=update
    await order.adelete()  # EXPECT: model_access reports->orders verb=delete
    await Team.teams.acreate(name="x")  # EXPECT: model_access reports->accounts verb=create


def delete_users():
    User.objects.filter(is_active=False).delete()  # EXPECT: model_access reports->accounts target=accounts.User verb=delete cascades=accounts.Profile,catalogue.Product_watchers,orders.Line,orders.Note,orders.Order


def delete_a_user(pk):
    user = User.objects.get(pk=pk)  # EXPECT: model_access reports->accounts verb=read
    user.delete()  # EXPECT: model_access reports->accounts target=accounts.User verb=delete cascades=accounts.Profile,catalogue.Product_watchers,orders.Line,orders.Note,orders.Order


def delete_a_leaf():
    Line.objects.all().delete()  # EXPECT: model_access reports->orders target=orders.Line verb=delete cascades=
    Note.objects.filter(author=None).delete()  # EXPECT: model_access reports->orders target=orders.Note verb=delete cascades=


def delete_what_is_protected():
    Category.objects.all().delete()  # EXPECT: model_access reports->catalogue target=catalogue.Category verb=delete


def delete_what_is_set_null():
    Team.teams.all().delete()  # EXPECT: model_access reports->accounts target=accounts.Team verb=delete cascades=


def raw_delete():
    Order.objects.all()._raw_delete("default")  # EXPECT: model_access reports->orders verb=delete


def only_made():
    # Made, and never saved: it touches no table.
    order = Order(status="draft")
    order.total = 3  # MAY: model_access reports->orders
    return Order


def full_clean(pk):
    form = {"order": Order}
    form.save()
    return form


def keys_of(order: Order):
    order.lines.update(quantity=1)  # EXPECT: reverse_accessor reports->orders
    order.note_set.create(text="x")  # EXPECT: reverse_accessor reports->orders
