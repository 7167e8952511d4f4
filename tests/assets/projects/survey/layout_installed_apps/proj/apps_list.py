BASE_APPS = ["django.contrib.contenttypes", "a1"]
EXTRA = tuple(["b1"])
TABLE = {"a2": True, "b2": True, "not_there": False}
NAMES = ("a3", "b3")


def more():
    return ["b4"]
