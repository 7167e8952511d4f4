"""What classes declare for a library to run is told on the line that declares it."""

from tests.unit.survey.following.small_shop import told


def test_an_admin_names_paths_and_its_methods_are_given_rows() -> None:
    found = told(
        orders__admin="""
    from django.contrib import admin

    @admin.register(Order)
    class OrderAdmin(admin.ModelAdmin):
        list_display = ["total", "email"]
        search_fields = ["=user__email"]

        def email(self, obj):
            return obj.user.email
    """
    )
    assert found.lines("orders/admin.py") == {
        'orm_lookup users.User user__email: search_fields = ["=user__email"]',
        "model_access users.User read: return obj.user.email",
    }


def test_a_generic_view_reads_or_changes_the_model_that_it_names() -> None:
    found = told("""
    from django.views.generic import DetailView, UpdateView

    class Detail(DetailView):
        model = Order

        def title(self):
            self.object.delete()
            self.get_object().save()

    class Update(UpdateView):
        model = Line

        def form_valid(self, form):
            line = form.save()
            line.delete()
    """)
    assert found.lines() == {
        "model_access orders.Order read: model = Order",
        "model_access orders.Order delete: self.object.delete()",
        "model_access orders.Order update: self.get_object().save()",
        "model_access orders.Line update: model = Line",
        "model_access orders.Line update: line = form.save()",
        "model_access orders.Line delete: line.delete()",
    }


def test_serializers_forms_and_filters_name_models_and_paths() -> None:
    found = told(
        orders__api="""
    import django_filters
    from django import forms
    from rest_framework import serializers

    class OrderSerializer(serializers.ModelSerializer):
        email = serializers.CharField(source="user.email")

        class Meta:
            model = Order
            fields = ["email"]

        def update(self, instance, validated_data):
            instance.user.save()

    class OrderFilter(django_filters.FilterSet):
        name = django_filters.CharFilter(field_name="user__username")

        class Meta:
            model = Order
            fields = {"user__email": ["exact"]}

    class ProductForm(forms.ModelForm):
        class Meta:
            model = Product
            fields = ["name"]

        def clean(self):
            self.instance.delete()
    """
    )
    assert found.lines("orders/api.py") == {
        'orm_lookup users.User user__email: email = serializers.CharField(source="user.email")',
        "model_access users.User read: instance.user.save()",
        "model_access users.User update: instance.user.save()",
        "orm_lookup users.User user__username: "
        'name = django_filters.CharFilter(field_name="user__username")',
        'orm_lookup users.User user__email: fields = {"user__email": ["exact"]}',
        "model_access catalogue.Product update: model = Product",
        "model_access catalogue.Product delete: self.instance.delete()",
    }


def test_a_class_of_the_projects_own_that_only_speaks_alike_declares_nothing() -> None:
    found = told("""
    class NotAnAdmin:
        model = Order
        search_fields = ["user__email"]
    """)
    assert not found.lines()


def test_filters_and_actions_that_an_admin_names_are_given_its_rows() -> None:
    found = told("""
    from django.contrib import admin

    class Big(admin.SimpleListFilter):
        def queryset(self, request, queryset):
            return queryset.exclude(total=3)

    def close(modeladmin, request, queryset):
        queryset.update(total=0)

    @admin.register(Order)
    class OrderAdmin(admin.ModelAdmin):
        list_filter = [Big]
        actions = [close]
    """)
    assert found.lines() == {
        "model_access orders.Order read: @admin.register(Order)",
        "model_access orders.Order read: return queryset.exclude(total=3)",
        "model_access orders.Order update: queryset.update(total=0)",
    }


def test_a_view_that_creates_rows_is_told_so() -> None:
    found = told("""
    from django.views.generic import CreateView

    class Add(CreateView):
        model = Order
    """)
    assert found.lines() == {"model_access orders.Order create: model = Order"}


def test_a_form_of_a_model_changes_its_rows_and_a_serializer_reads_them() -> None:
    found = told("""
    from django import forms
    from rest_framework import serializers

    class Filled(forms.ModelForm):
        class Meta:
            model = Order

    class Only(forms.ModelForm):
        class Meta:
            model = Line

        def save(self, commit=True):
            return self.cleaned_data

    class Shown(serializers.ModelSerializer):
        class Meta:
            model = Order
    """)
    assert found.lines() == {
        "model_access orders.Order update: model = Order",
        "model_access orders.Line read: model = Line",
        "model_access orders.Order read: model = Order",
    }


def test_a_form_that_is_made_of_a_model_changes_its_rows() -> None:
    found = told("""
    from django.forms import modelform_factory

    Filled = modelform_factory(Order, fields=["total"])
    """)
    assert found.lines() == {
        'model_access orders.Order update: Filled = modelform_factory(Order, fields=["total"])'
    }
