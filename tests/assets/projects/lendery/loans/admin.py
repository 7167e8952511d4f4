"""The admin of loans."""

from django.contrib import admin

from loans.models import Fine

admin.site.register(Fine)
