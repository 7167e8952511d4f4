"""The admin of people."""

from django.contrib import admin

from people.models import Branch

admin.site.register(Branch)
