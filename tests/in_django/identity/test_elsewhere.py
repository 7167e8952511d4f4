"""Where users do not live, a token says who it is, and nothing else does."""

import logging
from dataclasses import replace

import pytest
from asgiref.sync import async_to_sync
from django.contrib.auth.models import User
from django.test import AsyncClient, Client
from tests.in_django.identity.conftest import Elsewhere

from banyan.identity import Person

COOKIE = "banyan_token"
ANN = Person(id="7", username="ann", is_staff=True, permissions=frozenset({"orders.change_order"}))
pytestmark = [pytest.mark.urls("tests.in_django.identity.urls"), pytest.mark.django_db]


def test_a_token_in_the_header_is_believed(client: Client, elsewhere: Elsewhere) -> None:
    headers = {"Authorization": f"bearer {elsewhere.token(ANN)}"}
    response = client.get("/who/", headers=headers)
    assert response.json() == {"id": 7, "name": "ann", "staff": True}
    assert "Authorization" in response["Vary"]
    assert COOKIE not in response.cookies


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "é", "x" * 9_000])
def test_a_token_that_is_not_good_gets_one_clear_401_even_where_nobody_asks(
    client: Client, elsewhere: Elsewhere, token: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    response = client.get("/public/", headers={"Authorization": f"Bearer {token}x.y.z"})
    assert response.status_code == 401
    assert response["WWW-Authenticate"].startswith(
        'Bearer realm="shop", error="invalid_token", error_description="the token'
    )
    assert response.json()["code"] == "unauthenticated"
    assert "x.y.z" not in response.content.decode() + response["WWW-Authenticate"] + caplog.text


def test_an_expired_token_in_the_header_is_told_so_and_not_renewed(
    client: Client, elsewhere: Elsewhere
) -> None:
    token = elsewhere.token(ANN)
    elsewhere.clock.now += 1_000
    response = client.get("/who/", headers={"Authorization": f"Bearer {token}"})
    assert (response.status_code, response.json()["message"]) == (401, "The token has expired.")
    assert not elsewhere.registrar.asked


def test_other_schemes_are_left_to_others(client: Client, elsewhere: Elsewhere) -> None:
    for value in ("Basic YTpi", "Token abc", "bearerish x", "Bearer"):
        response = client.get("/who/", headers={"Authorization": value})
        assert response.status_code == 200


def test_the_header_counts_before_the_cookie(client: Client, elsewhere: Elsewhere) -> None:
    client.cookies[COOKIE] = elsewhere.token(ANN)
    other = elsewhere.token(Person(id="8", username="bo"))
    response = client.get("/who/", headers={"Authorization": f"Bearer {other}"})
    assert response.json()["name"] == "bo"


def test_a_cookie_is_looked_at_only_when_somebody_asks(
    client: Client, elsewhere: Elsewhere
) -> None:
    client.cookies[COOKIE] = "nonsense"
    response = client.get("/public/")
    assert response.status_code == 200
    assert COOKIE not in response.cookies


def test_a_cookie_that_is_not_good_is_taken_away_and_locks_nobody_out(
    client: Client, elsewhere: Elsewhere
) -> None:
    client.cookies[COOKIE] = "nonsense"
    response = client.get("/who/")
    assert response.status_code == 200
    assert response.json()["name"] == ""
    assert response.cookies[COOKIE].value == ""


def test_a_session_of_this_service_knows_nobody(client: Client, elsewhere: Elsewhere) -> None:
    client.force_login(User.objects.create_superuser("root"))
    assert client.get("/who/").json()["name"] == ""


def test_a_token_past_half_of_its_life_is_renewed_unseen(
    client: Client, elsewhere: Elsewhere
) -> None:
    client.cookies[COOKIE] = old = elsewhere.token(ANN)
    elsewhere.clock.now += 450
    elsewhere.registrar.renew_with = lambda _: elsewhere.token(replace(ANN, username="anna"))
    response = client.get("/who/")
    assert response.json()["name"] == "anna"
    assert response.cookies[COOKIE].value != old
    assert elsewhere.registrar.asked == [old]
    client.get("/who/")
    assert len(elsewhere.registrar.asked) == 1


def test_an_expired_token_is_renewed_while_its_login_stands(
    client: Client, elsewhere: Elsewhere
) -> None:
    client.cookies[COOKIE] = elsewhere.token(ANN)
    elsewhere.clock.now += 3_600
    elsewhere.registrar.renew_with = lambda _: elsewhere.token(ANN)
    assert client.get("/who/").json()["name"] == "ann"


def test_a_login_that_has_ended_ends_here_after_half_of_its_tokens_life(
    client: Client, elsewhere: Elsewhere
) -> None:
    client.cookies[COOKIE] = elsewhere.token(ANN)
    elsewhere.clock.now += 450
    response = client.get("/who/")
    assert response.json()["name"] == ""
    assert response.cookies[COOKIE].value == ""


def test_while_the_issuer_is_down_a_good_token_goes_on_counting(
    client: Client, elsewhere: Elsewhere
) -> None:
    client.cookies[COOKIE] = elsewhere.token(ANN)
    elsewhere.registrar.reachable = False
    elsewhere.clock.now += 800
    assert client.get("/who/").json()["name"] == "ann"


def test_while_the_issuer_is_down_an_expired_token_counts_no_more_but_is_kept_for_later(
    client: Client, elsewhere: Elsewhere
) -> None:
    client.cookies[COOKIE] = token = elsewhere.token(ANN)
    elsewhere.registrar.reachable = False
    elsewhere.clock.now += 1_000
    response = client.get("/who/")
    assert response.json()["name"] == ""
    assert COOKIE not in response.cookies
    assert client.cookies[COOKIE].value == token


@pytest.mark.parametrize("page", ["login", "password_change", "logout"])
def test_the_issuers_pages_of_the_admin_say_where_they_are(
    client: Client, elsewhere: Elsewhere, page: str
) -> None:
    client.cookies[COOKIE] = elsewhere.token(ANN)
    response = client.get(f"/admin/{page}/")
    assert response.status_code == 421
    assert b"through the gateway" in response.content


def test_staff_without_a_token_are_sent_to_log_in_and_back(
    client: Client, elsewhere: Elsewhere
) -> None:
    response = client.get("/admin/auth/group/?q=x")
    assert response.status_code == 302
    assert response["Location"] == "/admin/login/?next=/admin/auth/group/%3Fq%3Dx"


def test_the_admin_lets_staff_do_what_the_token_says_and_no_more(
    client: Client, elsewhere: Elsewhere
) -> None:
    may_look = replace(ANN, permissions=frozenset({"auth.view_group"}))
    client.cookies[COOKIE] = elsewhere.token(may_look)
    assert client.get("/admin/auth/group/").status_code == 200
    assert client.get("/admin/auth/group/add/").status_code == 403
    client.cookies[COOKIE] = elsewhere.token(Person(id="8", username="bo"))
    assert client.get("/admin/auth/group/").status_code == 302


def test_logging_out_here_ends_the_login_at_the_issuer(
    client: Client, elsewhere: Elsewhere
) -> None:
    client.cookies[COOKIE] = token = elsewhere.token(ANN)
    response = client.get("/leave/")
    assert response.content == b"ann"
    assert response.cookies[COOKIE].value == ""
    assert elsewhere.registrar.ended == [token]


def test_logging_out_while_the_issuer_is_down_takes_the_token_away_all_the_same(
    client: Client, elsewhere: Elsewhere, caplog: pytest.LogCaptureFixture
) -> None:
    client.cookies[COOKIE] = elsewhere.token(ANN)
    elsewhere.registrar.reachable = False
    assert client.get("/leave/").cookies[COOKIE].value == ""
    assert "only in this browser" in caplog.text


def test_somebody_whose_login_has_ended_can_log_in_again(
    client: Client, elsewhere: Elsewhere
) -> None:
    client.cookies[COOKIE] = "outdated"
    token = elsewhere.token(ANN)
    response = client.get("/log-in/", {"token": token})
    assert response.content == b""
    assert response.cookies[COOKIE].value == token


def test_a_renewed_token_does_not_come_back_after_logging_out(
    client: Client, elsewhere: Elsewhere
) -> None:
    client.cookies[COOKIE] = elsewhere.token(ANN)
    elsewhere.clock.now += 600
    elsewhere.registrar.renew_with = lambda _: elsewhere.token(ANN)
    response = client.get("/leave/")
    assert response.content == b"ann"
    assert response.cookies[COOKIE].value == ""


def test_frameworks_views_take_a_token_without_csrf_and_a_cookie_only_with_it(
    elsewhere: Elsewhere,
) -> None:
    client = Client(enforce_csrf_checks=True)
    token = elsewhere.token(ANN)
    headers = {"Authorization": f"Bearer {token}"}
    response = client.post("/api/", headers=headers)
    assert response.json()["name"] == "ann"
    assert response.json()["by"]

    client.cookies[COOKIE] = token
    assert client.get("/api/").json()["name"] == "ann"
    refused = client.post("/api/")
    assert refused.status_code == 403
    assert "CSRF" in refused.json()["detail"]

    client.cookies["csrftoken"] = "a" * 32
    allowed = client.post("/api/", headers={"X-CSRFToken": "a" * 32})
    assert allowed.status_code == 200


def test_frameworks_views_answer_401_with_a_challenge(client: Client, elsewhere: Elsewhere) -> None:
    response = client.get("/api/")
    assert response.status_code == 401
    assert response["WWW-Authenticate"] == 'Bearer realm="shop"'


def test_frameworks_views_know_tokens_without_the_middleware_too(
    client: Client, elsewhere: Elsewhere
) -> None:
    from django.conf import settings as django_settings
    from django.test import override_settings

    rest = [name for name in django_settings.MIDDLEWARE if "banyan.identity" not in name]
    with override_settings(MIDDLEWARE=rest):
        client.cookies[COOKIE] = elsewhere.token(ANN)
        assert Client().get("/api/").status_code == 401
        assert client.get("/api/").json()["name"] == "ann"
        refused = client.get("/api/", headers={"Authorization": "Bearer a.b.c"})
        assert refused.status_code == 401


def test_async_views_learn_who_it_is_and_what_they_may(
    async_client: AsyncClient, elsewhere: Elsewhere
) -> None:
    async_client.cookies[COOKIE] = elsewhere.token(ANN)
    get = async_to_sync(async_client.get)
    assert get("/who-async/").json() == {"name": "ann", "allowed": True}
    refused = get("/who-async/", headers={"Authorization": "Bearer a.b.c"})
    assert refused.status_code == 401
