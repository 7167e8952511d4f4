#!/usr/bin/env python
import os
import sys

import environ

environ.Env.read_env(".env")

if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = os.environ.get("SITE_SETTINGS") or "site_settings.main"
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
