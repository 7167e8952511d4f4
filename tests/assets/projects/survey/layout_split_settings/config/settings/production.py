from config.settings.base import *  # noqa

INSTALLED_APPS = INSTALLED_APPS + ["bills", "payers"]  # noqa: F405
DEBUG = False
