"""Registering, logging in and out."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from banyan import identity
from banyan.errors import CallError
from storefront.forms import LogInForm, RegisterForm
from users.contract import EmailTaken, PasswordTooWeak, Session, Users, WrongPassword

NOT_NOW = "This is not possible right now. Please try again in a moment."


def register(request: HttpRequest) -> HttpResponse:
    form = RegisterForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            session = Users.client().register(**form.cleaned_data)
        except EmailTaken:
            form.add_error("email", "There is an account with this address already.")
        except PasswordTooWeak as weak:
            form.add_error("password", weak.reasons)
        except CallError:
            form.add_error(None, NOT_NOW)
            status = 503
        else:
            messages.success(request, "Welcome to Fig & Fern.")
            return _welcome(request, session)
    return _form_page(request, form, "Register", status)


def log_in(request: HttpRequest) -> HttpResponse:
    form = LogInForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            session = Users.client().log_in(**form.cleaned_data)
        except WrongPassword:
            form.add_error(None, "This e-mail and password do not belong together.")
        except CallError:
            form.add_error(None, NOT_NOW)
            status = 503
        else:
            return _welcome(request, session)
    return _form_page(request, form, "Log in", status)


@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    response = redirect("catalogue")
    identity.log_out(request, response)
    return response


def _welcome(request: HttpRequest, session: Session) -> HttpResponse:
    response = redirect(_onward(request) or "catalogue")
    identity.set_token_cookie(request, response, session.token)
    return response


def _form_page(
    request: HttpRequest, form: RegisterForm | LogInForm, heading: str, status: int
) -> HttpResponse:
    context = {
        "form": form,
        "heading": heading,
        "registering": isinstance(form, RegisterForm),
        "next": _onward(request),
    }
    return render(request, "storefront/account.html", context, status=status)


def _onward(request: HttpRequest) -> str:
    """Where the visitor wanted to go; never to another site."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if ours else ""
