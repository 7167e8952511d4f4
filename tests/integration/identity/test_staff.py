"""A staff member logs in once and works in the admin of every service; no table is shared."""

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from tests.integration.identity.office import Office, running

from banyan.identity.keys import generate

SERVICES = ("people", "orders", "payments")
STAFF = """
from django.contrib.auth.models import Permission
from people.models import User
User.objects.create_superuser("root", "root@example.org", "secret", badge=1)
ann = User.objects.create_user("ann", "ann@example.org", "secret", badge=7, is_staff=True)
for name in ("view_order", "change_order", "delete_order", "view_payment", "change_payment"):
    ann.user_permissions.add(Permission.objects.get(codename=name))
User.objects.create_user("carl", "carl@example.org", "secret", badge=3)
"""
ROWS = """
from {app}.models import {model}
for number in range(1, 6):
    {model}.objects.create({field}=f"{letter}-{{number}}")
"""


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def office(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Office]:
    with running(tmp_path_factory.mktemp("office"), request.param) as office:
        office.manage("people", "shell", script=STAFF)
        orders = ROWS.format(app="orders", model="Order", field="number", letter="O")
        payments = ROWS.format(app="payments", model="Payment", field="reference", letter="P")
        office.manage("orders", "shell", script=orders)
        office.manage("payments", "shell", script=payments)
        yield office


class Browser:
    """Fetches pages and sends their forms, with the cookies and tokens that a browser would."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.session = requests.Session()
        self.page = requests.Response()

    def open(self, path: str) -> requests.Response:
        self.page = self.session.get(self.office.url + path, timeout=30)
        return self.page

    def send(self, path: str = "", **fields: str) -> requests.Response:
        """Send a form to an address; by default to the page's own."""
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.page.text)
        assert found, f"{self.page.status_code} {self.page.url}\n{self.page.text[:2000]}"
        url = self.office.url + path if path else self.page.url
        data = {"csrfmiddlewaretoken": found[1], **fields}
        self.page = self.session.post(url, data, headers={"Referer": url}, timeout=30)
        return self.page

    def log_in(self, name: str, then: str = "/admin/") -> requests.Response:
        self.open(f"/admin/login/?next={then}")
        return self.send(username=name, password="secret", next=then)

    @property
    def token(self) -> str:
        return str(self.session.cookies.get("banyan_token", ""))


@pytest.fixture
def browser(office: Office) -> Browser:
    return Browser(office)


def test_a_staff_member_logs_in_once_edits_in_two_services_and_logs_out(
    office: Office, browser: Browser
) -> None:
    # They want to change an order, have to log in where users live, and are back with the order.
    wanted = "/admin/orders/order/1/change/"
    page = browser.open(wanted)
    assert page.url == f"{office.url}/admin/login/?next={wanted}"
    page = browser.send(username="ann", password="secret", next=wanted)
    assert page.url == office.url + wanted
    assert "O-1" in page.text

    page = browser.send(number="O-1 changed")
    assert "was changed successfully" in page.text
    page = browser.open("/admin/payments/payment/1/change/")
    assert page.url == f"{office.url}/admin/payments/payment/1/change/"
    assert "was changed successfully" in browser.send(reference="P-1 changed").text

    # Each service's log has what happened there, and says who did it.
    for path in (wanted, "/admin/payments/payment/1/change/"):
        history = browser.open(path.replace("change", "history"))
        assert re.search(r"<td>\s*ann\s*</td>", history.text), history.text
        assert re.search(r"Changed (Number|Reference)", history.text)

    # Deletion shows its confirmation, and is done by it.
    page = browser.open("/admin/orders/order/2/delete/")
    assert "Are you sure you want to delete" in page.text
    assert "was deleted successfully" in browser.send(post="yes").text
    assert browser.open("/admin/orders/order/2/change/").url == f"{office.url}/admin/"

    # The log-out form is a page's of orders, and is sent to where users live.
    browser.open("/admin/orders/order/")
    assert "Logged out" in browser.send("/admin/logout/").text
    assert not browser.token
    for path in ("/admin/orders/order/", "/admin/payments/payment/", "/admin/"):
        assert "/admin/login/" in browser.open(path).url


def test_no_table_is_shared_and_only_staff_who_came_have_a_row(
    office: Office, browser: Browser
) -> None:
    browser.log_in("ann", "/admin/payments/payment/")
    assert len({office.system.premises.databases[name] for name in SERVICES}) == 3
    everybody = office.rows("people", "SELECT username FROM people_user ORDER BY id")
    assert everybody == [("root",), ("ann",), ("carl",)]
    here = office.rows("payments", "SELECT id, username, password, badge FROM people_user")
    assert ("carl",) not in [row[1:2] for row in here]
    copies = [row for row in here if row[1] == "ann"]
    assert [(row[0], row[3]) for row in copies] == [(2, 7)]
    assert str(copies[0][2]).startswith("!")
    for service in ("orders", "payments"):
        assert office.rows(service, "SELECT * FROM people_user_user_permissions") == []
        assert office.rows(service, "SELECT * FROM django_session") == []


def test_staff_may_do_what_they_were_granted_and_no_more(office: Office, browser: Browser) -> None:
    browser.log_in("ann")
    assert browser.open("/admin/orders/order/add/").status_code == 403
    assert browser.open("/admin/payments/payment/3/delete/").status_code == 403
    page = browser.open("/admin/payments/payment/")
    assert page.status_code == 200
    assert "delete_selected" not in page.text
    browser.open("/admin/payments/payment/3/change/")
    refused = browser.send("/admin/payments/payment/3/delete/", post="yes")
    assert refused.status_code == 403
    assert office.rows("payments", "SELECT count(*) FROM payments_payment WHERE id = 3") == [(1,)]


def test_a_superuser_may_do_everything_and_an_object_remembers_who_changed_it(
    office: Office, browser: Browser
) -> None:
    browser.log_in("root", "/admin/orders/order/add/")
    assert "was added successfully" in browser.send(number="O-new").text
    changed_by = "SELECT changed_by_id FROM orders_order WHERE number = 'O-new'"
    assert office.rows("orders", changed_by) == [(1,)]


def test_the_admins_search_box_asks_the_service_of_the_model(
    office: Office, browser: Browser
) -> None:
    browser.log_in("ann")
    wanted = "app_label=orders&model_name=order&field_name=replaces&term=O-5"
    found = browser.open(f"/admin/autocomplete/?{wanted}").json()
    assert [result["text"] for result in found["results"]] == ["O-5"]


def test_a_customer_is_known_to_services_but_not_let_into_the_admin(
    office: Office, browser: Browser
) -> None:
    token = office.manage(
        "people",
        "shell",
        "-v0",
        script="from banyan.identity import issue_token\nfrom people.models import User\n"
        "print(issue_token(User.objects.get(username='carl')))",
    ).strip()
    headers = {"Authorization": f"Bearer {token}"}
    told = requests.get(f"{office.url}/api/orders/mine/", headers=headers, timeout=30)
    assert told.json() == {"user": "carl", "orders": []}
    browser.session.cookies.set("banyan_token", token)
    assert "/admin/login/" in browser.open("/admin/orders/order/").url
    assert office.rows("orders", "SELECT * FROM people_user WHERE username = 'carl'") == []


def test_envoy_verifies_tokens_by_our_published_keys(office: Office, browser: Browser) -> None:
    browser.log_in("ann")
    assert browser.open("/api/orders/mine/").json()["user"] == "ann"
    header, payload, signature = browser.token.split(".")
    answers = {
        "none": None,
        "altered": f"{header}.{payload}.{signature[::-1]}",
        "nonsense": "x.y.z",
        "another key": forged(browser.token),
    }
    for name, token in answers.items():
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        answer = requests.get(f"{office.url}/api/orders/mine/", headers=headers, timeout=30)
        assert answer.status_code == 401, name
        assert "missing or no longer valid" in answer.text, f"{name}: the gateway refuses"
        # Past the gateway, the service refuses it too.
        inside = f"{office.inside('orders')}/api/orders/mine/"
        if token:
            assert requests.get(inside, headers=headers, timeout=30).status_code == 401


def test_a_service_that_looks_for_a_session_leaves_the_issuers_alone(
    office: Office, browser: Browser
) -> None:
    browser.log_in("ann")
    session = browser.session.cookies["sessionid"]
    assert browser.open("/api/orders/mine/").json()["user"] == "ann"
    assert browser.session.cookies["sessionid"] == session


def test_a_browser_with_a_bad_cookie_is_asked_to_log_in(office: Office, browser: Browser) -> None:
    browser.session.cookies.set("banyan_token", "x.y.z")
    assert "/admin/login/" in browser.open("/admin/orders/order/").url
    assert "O-5" in browser.log_in("ann", "/admin/orders/order/5/change/").text


def forged(token: str) -> str:
    """The same token, signed with another key under the same id."""
    from joserfc import jws

    honest = jws.extract_compact(token.encode())
    return jws.serialize_compact(honest.headers(), honest.payload, generate(), ["RS256"])


def test_while_users_are_down_staff_who_have_a_token_go_on_working(
    office: Office, browser: Browser
) -> None:
    browser.log_in("ann", "/admin/orders/order/")
    office.system.stop_service("people")
    try:
        page = browser.open("/admin/orders/order/3/change/")
        assert "O-3" in page.text
        assert "was changed successfully" in browser.send(number="O-3 changed").text
        stranger = Browser(office)
        assert stranger.open("/admin/orders/order/").status_code == 503
    finally:
        office.system.start_service("people")
    # The gateway notices by itself, within a few seconds.
    deadline = time.monotonic() + 30
    while browser.open("/admin/").status_code != 200:
        assert time.monotonic() < deadline
        time.sleep(0.2)


def signing_key(office: Office) -> str:
    """The id of the key that is published first."""
    document = requests.get(f"{office.url}/.well-known/jwks.json", timeout=30).json()
    return str(document["keys"][0]["kid"])


def test_keys_are_rotated_without_anybody_noticing(office: Office, browser: Browser) -> None:
    browser.log_in("ann", "/admin/orders/order/")
    before = browser.token
    said = office.manage("people", "banyan_keys", "rotate", "--now")
    current = said.rpartition(" ")[2].strip(".\n")
    # The server looks at its files once in a second.
    deadline = time.monotonic() + 10
    while signing_key(office) != current:
        assert time.monotonic() < deadline
        time.sleep(0.1)
    assert browser.open("/admin/orders/order/4/change/").status_code == 200
    other = Browser(office)
    assert "O-4" in other.log_in("ann", "/admin/orders/order/4/change/").text
    assert other.token.split(".")[0] != before.split(".")[0]
    assert other.open("/api/orders/mine/").json()["user"] == "ann"


def test_the_development_key_is_in_the_project_for_its_owner_only(office: Office) -> None:
    folder = office.folder / ".banyan" / "keys"
    assert folder.stat().st_mode & 0o777 == 0o700
    keys = list(Path(folder).glob("*.pem"))
    assert keys
    assert all(file.stat().st_mode & 0o777 == 0o600 for file in keys)
