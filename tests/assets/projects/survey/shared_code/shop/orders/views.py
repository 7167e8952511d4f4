# ALL EXPECTED
from shop.common import people, text
from shop.common.money import euros
from shop.common.people import all_users


def index():
    # Through shared code, which is of no module: what comes of it is still of users.
    people.oldest().delete()  # EXPECT: model_access orders->users target=users.User verb=delete
    for user in all_users():  # EXPECT: model_access orders->users target=users.User verb=read
        print(user.debt)  # MAY: model_access orders->users
    return text.shout("x"), euros(3)
