# ALL EXPECTED
from django.contrib import admin

from accounts.models import User
from catalogue.models import Product
from orders.models import Order


@admin.register(User)  # EXPECT: model_access reports->accounts target=accounts.User
class UserAdmin(admin.ModelAdmin):
    list_display = ["username"]
    search_fields = ["orders__status"]  # EXPECT: orm_lookup reports->orders lookup=orders__status


class OrderInline(admin.StackedInline):
    model = Order  # EXPECT: model_access reports->orders target=orders.Order


admin.site.register([Product])  # EXPECT: model_access reports->catalogue target=catalogue.Product
admin.site.unregister(User)  # MAY: model_access reports->accounts
