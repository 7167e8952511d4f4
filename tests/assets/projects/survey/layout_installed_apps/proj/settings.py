# MODULES: a1 b1 a2 b2 a3 b3 a4 b4 a5 b5
import sys
from importlib.util import find_spec

from proj import apps_list
from proj.apps_list import BASE_APPS, EXTRA, TABLE

SECRET_KEY = "x"
DEBUG = False
INSTALLED_APPS = [*BASE_APPS, *list(EXTRA)]
INSTALLED_APPS += [name for name, wanted in TABLE.items() if wanted]
INSTALLED_APPS = INSTALLED_APPS + list(apps_list.NAMES)
INSTALLED_APPS.append("a4") if not DEBUG else None
INSTALLED_APPS = list(dict.fromkeys(INSTALLED_APPS + apps_list.more()))
if "test" in sys.argv:
    INSTALLED_APPS += ("a5",)
else:
    INSTALLED_APPS[0:0] = ["a5"]
INSTALLED_APPS = tuple(INSTALLED_APPS) + (("b5",) if find_spec("b5") else ())
INSTALLED_APPS = [app for app in INSTALLED_APPS if app != "not_there"]
