# ALL EXPECTED
"""Instances followed along their relations: told on the line of the relation."""
from itertools import chain

from orders.models import Line, Note, Order


def of_a_get(pk):
    order = Order.objects.get(pk=pk)
    return order.user.email  # EXPECT: model_access orders->accounts target=accounts.User verb=read


def only_the_key(pk):
    order = Order.objects.get(pk=pk)
    return order.user_id


def at_once(pk):
    return Order.objects.get(pk=pk).user.email  # EXPECT: model_access orders->accounts verb=read


def over_several_lines(pk):
    return (
        Order.objects.get(pk=pk)
        .user  # EXPECT: model_access orders->accounts verb=read
        .email
    )


def of_first():
    order = Order.objects.filter(status="paid").first()
    if order and order.user:  # EXPECT: model_access orders->accounts verb=read
        return order.user  # EXPECT: model_access orders->accounts verb=read
    return None


def of_a_loop():
    for order in Order.objects.all():
        print(order.user.username)  # EXPECT: model_access orders->accounts verb=read


def of_select_related():
    for line in Line.objects.select_related("order").iterator():
        print(line.product.name)  # EXPECT: model_access orders->catalogue target=catalogue.Product verb=read


def of_enumerate():
    for number, line in enumerate(Line.objects.all(), start=1):
        print(number, line.product.name)  # EXPECT: model_access orders->catalogue verb=read


def of_zip(prices):
    for line, price in zip(Line.objects.all(), prices):
        print(price, line.product.price)  # EXPECT: model_access orders->catalogue verb=read


def of_a_comprehension():
    return [order.user.email for order in Order.objects.all()]  # EXPECT: model_access orders->accounts verb=read


def of_a_dict_comprehension():
    return {line.pk: line.product.name for line in Line.objects.all() if line.quantity}  # EXPECT: model_access orders->catalogue verb=read


def of_a_generator():
    return ", ".join(
        order.user.email  # EXPECT: model_access orders->accounts verb=read
        for order in Order.objects.filter(status="paid")
    )


def of_nested_loops():
    for order in Order.objects.all():
        for line in order.lines.all():
            print(line.product.category.name)  # EXPECT: model_access orders->catalogue verb=read


def of_next():
    order = next(iter(Order.objects.all()), None)
    return order.user.email  # EXPECT: model_access orders->accounts verb=read


def of_an_index():
    order = Order.objects.all()[0]
    return order.user.email  # EXPECT: model_access orders->accounts verb=read


def of_a_slice():
    for order in Order.objects.order_by("-pk")[:5]:
        print(order.user.email)  # EXPECT: model_access orders->accounts verb=read


def of_unpacking():
    first, *others = Order.objects.all()
    print(others[0].user.email)  # EXPECT: model_access orders->accounts verb=read
    return first.user.email  # EXPECT: model_access orders->accounts verb=read


def of_get_or_create(user):
    order, created = Order.objects.get_or_create(user=user, status="new")
    return order.user.email if created else ""  # EXPECT: model_access orders->accounts verb=read


def of_in_bulk(keys):
    return [order.user for order in Order.objects.in_bulk(keys).values()]  # EXPECT: model_access orders->accounts verb=read


def of_a_list():
    orders = list(Order.objects.all())
    orders.sort(key=lambda order: order.pk)
    return orders[-1].user.email  # EXPECT: model_access orders->accounts verb=read


def of_sorted():
    for order in sorted(Order.objects.all(), key=lambda order: order.total):
        print(order.user.email)  # EXPECT: model_access orders->accounts verb=read


def of_a_chain_of_two():
    for order in chain(Order.objects.filter(status="a"), Order.objects.filter(status="b")):
        print(order.user.email)  # EXPECT: model_access orders->accounts verb=read


def of_a_list_built_up():
    kept = []
    for order in Order.objects.all():
        kept.append(order)
    return kept[0].user.email  # EXPECT: model_access orders->accounts verb=read


def of_a_key_function():
    return max(Order.objects.all(), key=lambda order: order.user.date_joined)  # EXPECT: model_access orders->accounts verb=read


def of_a_new_one(user):
    order = Order(user=user)
    order.user = user
    order.save()
    return order.user.email  # EXPECT: model_access orders->accounts verb=read


def of_a_relation(pk):
    note = Note.objects.get(pk=pk)
    buyer = note.order.user  # EXPECT: model_access orders->accounts verb=read
    buyer.is_active = False  # MAY: model_access orders->accounts
    buyer.save()  # EXPECT: model_access orders->accounts target=accounts.User verb=update
    return note.author.email  # EXPECT: model_access orders->accounts verb=read


def written_at_once(pk):
    Order.objects.get(pk=pk).user.delete()  # EXPECT: model_access orders->accounts verb=delete


def by_getattr(pk):
    return getattr(Order.objects.get(pk=pk), "user").email  # EXPECT: model_access orders->accounts verb=read


def of_a_match(pk):
    match Order.objects.filter(pk=pk).first():
        case None:
            return None
        case order:
            return order.user.email  # EXPECT: model_access orders->accounts verb=read


def of_a_try(pk):
    try:
        order = Order.objects.get(pk=pk)
    except Order.DoesNotExist:
        return None
    else:
        return order.user.email  # EXPECT: model_access orders->accounts verb=read


def in_an_f_string(pk):
    order = Order.objects.get(pk=pk)
    return f"to {order.user.email}"  # EXPECT: model_access orders->accounts verb=read


def not_known(order):
    return order.user.email
