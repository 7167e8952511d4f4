# ALL EXPECTED, code too
from django.conf import settings
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, resolve_url
from django.urls import reverse, reverse_lazy
from django.views.generic import UpdateView

import django.urls


def index(request):
    return HttpResponseRedirect(reverse("accounts:detail", args=[3]))  # EXPECT: url_reverse orders->accounts


def by_an_instance(request):
    return reverse("staff:detail", kwargs={"pk": 3})  # EXPECT: url_reverse orders->accounts


def of_a_router(request):
    return django.urls.reverse("accounts:team-list")  # EXPECT: url_reverse orders->accounts


def by_redirect(request):
    if request.POST:
        return redirect("report-list")  # EXPECT: url_reverse orders->reports
    if request.GET:
        return redirect("/accounts/3/")
    return redirect(resolve_url("accounts:login"))  # EXPECT: url_reverse orders->accounts


def of_the_root(request):
    return reverse("sums")  # EXPECT: url_reverse orders->reports


def over_several_lines(request):
    return reverse(  # EXPECT: url_reverse orders->accounts
        "accounts:detail",
        args=[request.GET["pk"]],
    )


def own_and_djangos(request, name):
    return reverse("orders:index"), reverse("admin:index"), reverse("nobody:knows"), reversed("accounts:login")


def unknown(name):
    return reverse(name)  # MAY: url_reverse orders->accounts


class Detail(UpdateView):
    success_url = reverse_lazy("accounts:login")  # EXPECT: url_reverse orders->accounts
