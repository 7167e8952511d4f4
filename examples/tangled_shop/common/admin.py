from django.contrib import admin
from django.contrib.contenttypes.admin import GenericTabularInline

from common.models import AuditEntry


@admin.register(AuditEntry)
class AuditEntryAdmin(admin.ModelAdmin):
    list_display = ["created", "text", "user", "content_type", "object_id"]
    list_filter = ["content_type"]
    search_fields = ["text", "user__email"]
    list_select_related = ["user", "content_type"]

    def has_add_permission(self, request):
        return False


class AuditInline(GenericTabularInline):
    model = AuditEntry
    extra = 0
    readonly_fields = ["created", "user", "text"]
    can_delete = False

    def has_add_permission(self, request, obj=None):
        return False
