# ALL EXPECTED
from django.contrib import admin
from django.contrib.admin import SimpleListFilter

from orders.models import Line, Note, Order


class LineInline(admin.TabularInline):
    model = Line
    raw_id_fields = ("product",)  # EXPECT: orm_lookup orders->catalogue lookup=product
    readonly_fields = ("quantity",)


@admin.register(Order)
class OrderAdmin(admin.ModelAdmin):
    list_display = ("pk", "status", "user", "email")  # EXPECT: orm_lookup orders->accounts lookup=user
    list_filter = (
        "status",
        "user__team",  # EXPECT: orm_lookup orders->accounts lookup=user__team
        ("user__is_staff", admin.BooleanFieldListFilter),  # EXPECT: orm_lookup orders->accounts lookup=user__is_staff
    )
    search_fields = ["status", "=user__email", "^user__username", "lines__product__name"]  # EXPECT: orm_lookup orders->accounts lookup=user__email; orm_lookup orders->accounts lookup=user__username; orm_lookup orders->catalogue lookup=lines__product__name
    autocomplete_fields = ["user"]  # EXPECT: orm_lookup orders->accounts lookup=user
    list_select_related = ["user__team"]  # EXPECT: orm_lookup orders->accounts lookup=user__team
    ordering = ("-user__date_joined",)  # EXPECT: orm_lookup orders->accounts lookup=user__date_joined
    date_hierarchy = "user__date_joined"  # EXPECT: orm_lookup orders->accounts lookup=user__date_joined
    fields = ("status", "total")
    inlines = [LineInline]

    @admin.display(ordering="user__email")  # EXPECT: orm_lookup orders->accounts lookup=user__email
    def email(self, obj):
        return obj.user.email  # EXPECT: model_access orders->accounts verb=read

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("user")  # EXPECT: orm_lookup orders->accounts lookup=user

    def save_model(self, request, obj, form, change):
        obj.user.save()  # EXPECT: model_access orders->accounts target=accounts.User verb=update
        super().save_model(request, obj, form, change)


class NoteAdmin(admin.ModelAdmin):
    list_display = ["text", "author__username"]  # EXPECT: orm_lookup orders->accounts lookup=author__username
    list_display_links = ["text"]
    raw_id_fields = ["author", "order"]  # EXPECT: orm_lookup orders->accounts lookup=author

    def author_name(self, note):
        return note.author.username  # EXPECT: model_access orders->accounts verb=read

    author_name.admin_order_field = "author__username"  # EXPECT: orm_lookup orders->accounts lookup=author__username


admin.site.register(Note, NoteAdmin)


class NotAnAdmin:
    list_display = ["user__email"]
    search_fields = ["user__email"]
