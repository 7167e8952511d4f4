# ALL EXPECTED
from typing import override

from django.db import models

from users.models import User

type Orders = models.QuerySet[Order]
type Maybe[T] = T | None


class Order(models.Model):
    user = models.ForeignKey(User, on_delete=models.CASCADE)  # EXPECT: foreign_key orders->users target=users.User

    @override
    def __str__(self):
        return f"{self.user.email!r:>{10}} {", ".join(["x"])}"  # EXPECT: model_access orders->users verb=read


def first[T: Order](orders: list[T]) -> T:
    return orders[0].user  # EXPECT: model_access orders->users verb=read


def maybe(order: Maybe[Order], orders: Orders):
    match order:
        case Order(user=user):  # EXPECT: model_access orders->users target=users.User verb=read
            user.save()  # EXPECT: model_access orders->users target=users.User verb=update
        case {"user": _} | [_, *_]:
            pass
    for order in orders:
        print(order.user)  # EXPECT: model_access orders->users verb=read


async def many(keys):
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(User.objects.aget(pk=3))  # EXPECT: model_access orders->users verb=read
    except* ValueError, TypeError:
        pass
    except* KeyError as error:
        print(error)


def caught():
    try:
        return User.objects.get(pk=1)  # EXPECT: model_access orders->users verb=read
    except User.DoesNotExist, ValueError:
        return t"no {User.objects.count()}"  # EXPECT: model_access orders->users verb=read


class Box[T]:
    item: T

    def open(self, /, *, by: User):
        by.delete()  # EXPECT: model_access orders->users target=users.User verb=delete
