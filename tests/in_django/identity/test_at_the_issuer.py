"""Where users live, a session gives its owner a token for the other services."""

import json
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.contrib.auth.models import User
from django.test import AsyncClient, Client
from tests.in_django.identity.conftest import Clock

from banyan.identity.registrar import LocalRegistrar

COOKIE = "banyan_token"
pytestmark = [pytest.mark.urls("tests.in_django.identity.urls"), pytest.mark.django_db]


@pytest.fixture
def client(client: Client, ann: User) -> Client:
    return client


def log_in(client: Client, **extra: Any) -> str:
    page = client.post("/admin/login/", {"username": "ann", "password": "secret"}, **extra)
    assert page.status_code == 302
    return client.cookies[COOKIE].value


def test_logging_in_to_the_admin_sets_the_token_cookie(
    client: Client, at_the_issuer: LocalRegistrar, ann: User
) -> None:
    claims = at_the_issuer.read(log_in(client))
    assert claims
    assert claims.person.id == str(ann.pk)
    assert claims.login.id
    cookie = client.cookies[COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["path"] == "/"
    assert not cookie["secure"]


def test_over_https_the_cookie_is_sent_over_https_only(
    client: Client, at_the_issuer: LocalRegistrar
) -> None:
    log_in(client, secure=True)
    assert client.cookies[COOKIE]["secure"]


def test_a_session_that_was_there_before_gets_a_token_when_it_is_asked_who_it_is(
    client: Client, at_the_issuer: LocalRegistrar
) -> None:
    log_in(client)
    del client.cookies[COOKIE]
    client.get("/public/")
    assert COOKIE not in client.cookies
    response = client.get("/who/")
    assert response.json()["name"] == "ann"
    assert client.cookies[COOKIE].value
    assert "Cookie" in response["Vary"]


def test_the_token_is_renewed_after_half_of_its_life_and_not_before(
    client: Client, at_the_issuer: LocalRegistrar, clock: Clock
) -> None:
    first = log_in(client)
    clock.now += 449
    assert COOKIE not in client.get("/who/").cookies
    clock.now += 1
    second = client.get("/who/").cookies[COOKIE].value
    before, after = at_the_issuer.read(first), at_the_issuer.read(second)
    assert before
    assert after
    assert after.login == before.login


def test_logging_out_takes_the_token_away_and_ends_its_login(
    client: Client, at_the_issuer: LocalRegistrar
) -> None:
    token = log_in(client)
    client.post("/admin/logout/")
    assert client.cookies[COOKIE].value == ""
    assert client.get("/who/").json()["name"] == ""
    renewal = client.post(
        "/.well-known/banyan/logins/renew", {"token": token}, content_type="application/json"
    )
    assert renewal.status_code == 401
    assert "has ended" in renewal["WWW-Authenticate"]


def test_a_session_ends_when_its_login_is_ended_in_another_service(
    client: Client, at_the_issuer: LocalRegistrar
) -> None:
    token = log_in(client)
    path = "/.well-known/banyan/logins/end"
    assert client.post(path, {"token": token}, content_type="application/json").json() == {}
    del client.cookies[COOKIE]
    response = client.get("/who/")
    assert response.json()["name"] == ""
    assert COOKIE not in response.cookies or response.cookies[COOKIE].value == ""
    assert client.get("/admin/").status_code == 302


def test_in_a_monolith_logging_out_of_the_storefront_ends_the_session_too(client: Client) -> None:
    client.post("/admin/login/", {"username": "ann", "password": "secret"})
    assert client.get("/leave/").content == b"ann"
    assert client.get("/who/").json()["name"] == ""


def test_somebody_else_who_logs_in_gets_a_token_of_their_own(
    client: Client, at_the_issuer: LocalRegistrar
) -> None:
    log_in(client)
    User.objects.create_superuser("root", password="secret")
    client.post("/admin/login/", {"username": "root", "password": "secret"})
    claims = at_the_issuer.read(client.cookies[COOKIE].value)
    assert claims
    assert claims.person.username == "root"
    assert claims.person.is_superuser


def test_a_token_knows_its_owner_where_there_is_no_session(
    client: Client, at_the_issuer: LocalRegistrar, ann: User
) -> None:
    token, _ = at_the_issuer.log_in(ann)
    client.cookies[COOKIE] = token
    assert client.get("/who/").json() == {"id": ann.pk, "name": "ann", "staff": True}


def test_somebody_deactivated_is_nobody_at_once(
    client: Client, at_the_issuer: LocalRegistrar, ann: User
) -> None:
    client.cookies[COOKIE] = at_the_issuer.log_in(ann)[0]
    User.objects.update(is_active=False)
    response = client.get("/who/")
    assert response.json()["name"] == ""
    assert response.cookies[COOKIE].value == ""


@pytest.mark.parametrize(
    ("wanted", "goes_to"),
    [
        ("/admin/orders/order/3/change/?x=1", "/admin/orders/order/3/change/?x=1"),
        ("http://testserver/admin/orders/", "http://testserver/admin/orders/"),
        ("https://evil.example/", "/admin/"),
        ("//evil.example/", "/admin/"),
        ("javascript:alert(1)", "/admin/"),
        ("\\\\evil.example", "/admin/"),
        ("", "/admin/"),
    ],
)
def test_somebody_with_a_session_who_is_sent_to_log_in_goes_back_with_a_token(
    client: Client, at_the_issuer: LocalRegistrar, wanted: str, goes_to: str
) -> None:
    log_in(client)
    del client.cookies[COOKIE]
    response = client.get("/admin/login/", {"next": wanted})
    assert (response.status_code, response["Location"]) == (302, goes_to)
    assert client.cookies[COOKIE].value


def test_somebody_who_is_not_staff_is_shown_the_form(
    client: Client, at_the_issuer: LocalRegistrar
) -> None:
    log_in(client)
    User.objects.update(is_staff=False)
    response = client.get("/admin/login/", {"next": "/admin/orders/"})
    assert response.status_code == 200
    assert b"not authorized" in response.content


def test_a_new_password_ends_every_other_login(
    client: Client, at_the_issuer: LocalRegistrar, ann: User
) -> None:
    elsewhere = at_the_issuer.log_in(ann)[0]
    log_in(client)
    form = {"old_password": "secret", "new_password1": "b3tter-one", "new_password2": "b3tter-one"}
    assert client.post("/admin/password_change/", form).status_code == 302
    body = {"token": elsewhere}
    path = "/.well-known/banyan/logins/renew"
    assert client.post(path, body, content_type="application/json").status_code == 401
    assert client.get("/who/").json()["name"] == "ann"


def test_a_login_is_renewed_until_it_is_as_old_as_a_session_may_be(
    client: Client, at_the_issuer: LocalRegistrar, ann: User, clock: Clock
) -> None:
    token = at_the_issuer.log_in(ann)[0]
    began, path = clock.now, "/.well-known/banyan/logins/renew"
    clock.now = began + 14 * 86_400 - 1
    response = client.post(path, {"token": token}, content_type="application/json")
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    renewed = response.json()["token"]
    clock.now += 1
    assert client.post(path, {"token": renewed}, content_type="application/json").status_code == 401


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"token": 1}', b"[" * 9_000, b"\xff"])
def test_what_is_no_question_is_answered_with_400(
    client: Client, at_the_issuer: LocalRegistrar, body: bytes
) -> None:
    for path in ("renew", "end"):
        response = client.post(
            f"/.well-known/banyan/logins/{path}", body, content_type="application/json"
        )
        assert response.status_code == 400


def test_the_id_of_a_login_opens_nothing_as_a_session_cookie(
    client: Client, at_the_issuer: LocalRegistrar, ann: User
) -> None:
    _, login = at_the_issuer.log_in(ann)
    client.cookies["sessionid"] = login.id
    assert client.get("/who/").json()["name"] == ""


def test_the_published_keys_have_no_private_part(
    client: Client, at_the_issuer: LocalRegistrar
) -> None:
    response = client.get("/.well-known/jwks.json")
    assert response["Cache-Control"] == "public, max-age=300"
    (key,) = json.loads(response.content)["keys"]
    assert set(key) == {"kty", "n", "e", "kid", "use", "alg"}
    assert COOKIE not in response.cookies


def test_in_a_monolith_a_session_gets_no_token_since_nobody_needs_one(client: Client) -> None:
    client.post("/admin/login/", {"username": "ann", "password": "secret"})
    assert client.get("/who/").json()["name"] == "ann"
    assert COOKIE not in client.cookies


def test_in_a_monolith_a_page_that_asks_nothing_costs_nothing(
    client: Client, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        response = client.get("/public/")
    assert "Vary" not in response
    with django_assert_num_queries(0):
        assert client.get("/who/").json()["name"] == ""


def test_in_a_monolith_a_token_works_as_it_does_among_services(client: Client, ann: User) -> None:
    from banyan.identity import issue_token

    token = issue_token(ann)
    response = client.get("/who/", headers={"Authorization": f"Bearer {token}"})
    assert response.json()["name"] == "ann"


def test_async_views_learn_who_it_is(
    async_client: AsyncClient, at_the_issuer: LocalRegistrar, ann: User
) -> None:
    async_client.cookies[COOKIE] = at_the_issuer.log_in(ann)[0]
    get = async_to_sync(async_client.get)
    assert get("/who-async/").json() == {"name": "ann", "allowed": False}
    assert get("/who-lazily/").json() == {"name": "ann"}


def test_an_async_client_that_logs_in_gets_a_token(
    async_client: AsyncClient, at_the_issuer: LocalRegistrar, ann: User
) -> None:
    form = {"username": "ann", "password": "secret"}
    response = async_to_sync(async_client.post)("/admin/login/", form)
    assert response.cookies[COOKIE].value
