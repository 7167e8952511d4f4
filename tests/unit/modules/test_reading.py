"""A banyan.toml is read whole, or each thing wrong with it is named with its line."""

from pathlib import Path

import pytest

from banyan.findings import Finding, FindingsError
from banyan.modules import Project, load

GOOD = """\
[project]
name = "shop"
settings = "shop.settings"

[modules.users]

[modules.orders]
apps = ["orders"]
calls = ["users"]
listens = ["users"]

[topology.monolith.web]
modules = ["*"]

[topology.services.users]
modules = ["users"]

[topology.services.orders]
modules = ["orders"]
processes.worker = "celery -A shop worker"
setup = ["loaddata demo"]

[gateway.routes]
"/api/orders" = "orders"
"/api/users" = {to = "users", auth = "required"}

[events]
broker = "nats://127.0.0.1:4222"
"""


def read(folder: Path, text: str) -> Project:
    for app in ("users", "orders"):
        (folder / app).mkdir(exist_ok=True)
        (folder / app / "__init__.py").touch()
    file = folder / "banyan.toml"
    file.write_text(text)
    return load(file)


def test_a_whole_file_becomes_a_project(tmp_path: Path) -> None:
    project = read(tmp_path, GOOD)

    assert project.modules["users"].apps == ("users",)
    assert project.modules["orders"].calls == ("users",)
    assert project.topologies["monolith"].services["web"].modules == ("users", "orders")
    services = project.topologies["services"]
    assert services.services["orders"].processes == {"worker": "celery -A shop worker"}
    assert services.services["orders"].setup == ("loaddata demo",)
    home = services.service_of("users")
    assert home is not None
    assert home.name == "users"
    assert project.routes["/api/orders"].auth == "optional"
    assert project.routes["/api/users"].auth == "required"


@pytest.mark.parametrize(
    ("old", "new", "id_", "line", "words"),
    [
        ("[project]", "[project", "banyan.E001", 1, "valid TOML"),
        ('settings = "shop', 'setings = "shop', "banyan.E002", 3, "'settings'"),
        ("[gateway.routes]", "[gatway.routes]", "banyan.E002", 23, "'gateway'"),
        ('auth = "required"', 'oauth = "required"', "banyan.E002", 25, "'auth'"),
        ("processes.worker", "proceses.worker", "banyan.E002", 20, "'processes'"),
        ('apps = ["orders"]', "apps = 7", "banyan.E003", 8, "should be a list"),
        (
            'modules = ["orders"]',
            'modules = ["orders", "users"]',
            "banyan.E005",
            19,
            "two services",
        ),
        ("[modules.users]\n", '[modules.users]\ncalls = ["orders"]\n', "banyan.E006", 6, "circle"),
        ('calls = ["users"]', 'calls = ["user"]', "banyan.E007", 9, "'users'"),
        ('= "orders"\n', '= "order"\n', "banyan.E007", 24, "'orders'"),
        ('apps = ["orders"]', 'apps = ["order"]', "banyan.E008", 8, "'orders'"),
        ("nats://127", "nats://me:s3cret@127", "banyan.E009", 28, "credential"),
        ("[events]", '[calls]\nsecret = "s3cret"\n[events]', "banyan.E009", 28, "calls.secret"),
        ('modules = ["orders"]', "modules = []", "banyan.E014", 18, "runs no module"),
        ('apps = ["orders"]', 'apps = ["orders.apps.Orders"]', "banyan.E008", 8, "'orders'"),
        (
            'apps = ["orders"]',
            'apps = [\n  "orders",\n  "oders",\n]',
            "banyan.E008",
            10,
            "'orders'",
        ),
        ('calls = ["users"]', 'calls = ["orders"]', "banyan.E006", 9, "orders → orders"),
        ('auth = "required"', 'auth = "requird"', "banyan.E003", 25, "'required'"),
        ("[modules.orders]", '[modules."The Orders"]', "banyan.E003", 7, "lower-case"),
        ('"/api/orders"', '"api/orders"', "banyan.E003", 24, "begins with a slash"),
        ('setup = ["loaddata demo"]', 'url = "orders.internal"', "banyan.E003", 21, "http://"),
        ('name = "shop"\n', "", "banyan.E004", 1, "'name' is missing"),
        ("[modules.users]", "[modules.users]\n[modules.users]", "banyan.E001", 6, "twice"),
        ('settings = "shop', 'db_password = "s3cret" # "shop', "banyan.E009", 3, "db_password"),
        (
            '"celery -A shop worker"',
            '"celery -b amqp://me:s3cret@mq -A shop worker"',
            "banyan.E009",
            20,
            "processes.worker",
        ),
        ("[events]", "[identity]\nprivate_key = '-----BEGIN'\n[events]", "banyan.E009", 28, "KEY"),
        ("[events]", "[events]\nthreads = 'many'", "banyan.E003", 28, "a whole number"),
        ("[events]", "[advice]\npeople = 'us'\n[events]", "banyan.E003", 28, "number, but is text"),
        (
            "[events]",
            "[modules.users.reasons]\nscalin = 'x'\n[events]",
            "banyan.E003",
            28,
            "cannot be 'scalin' Did you mean 'scaling'?",
        ),
        (
            "[events]",
            "[advice.weights]\nscalling = 3\n[events]",
            "banyan.E002",
            28,
            "unknown key 'scalling' in [advice.weights] of banyan.toml Did you mean 'scaling'?",
        ),
        (
            "[events]",
            "[advice.weights]\ncycle = -1\n[events]",
            "banyan.E003",
            28,
            "at least 0, but is -1",
        ),
        ("[events]", "[advice]\npeopel = 3\n[events]", "banyan.E002", 28, "mean 'people'?"),
        ('apps = ["orders"]', 'apps = ["orders", "users"]', "banyan.E011", 8, "two modules"),
    ],
)
def test_each_mistake_is_one_finding_with_its_line(
    tmp_path: Path, *, old: str, new: str, id_: str, line: int, words: str
) -> None:
    finding = the_only_finding(tmp_path, GOOD.replace(old, new, 1))

    assert finding.id == id_
    assert finding.location is not None
    assert (finding.location.file.name, finding.location.line) == ("banyan.toml", line)
    assert words in f"{finding.message} {finding.hint}"
    assert "s3cret" not in str(finding)


def test_an_app_deep_in_a_package_is_missed_beside_those_that_are_there(tmp_path: Path) -> None:
    beside = tmp_path / "shop" / "integrations" / "signal"
    beside.mkdir(parents=True)
    for folder in (beside, beside.parent, beside.parent.parent):
        (folder / "__init__.py").touch()
    text = GOOD.replace('apps = ["orders"]', 'apps = ["shop.integrations.singal"]')
    finding = the_only_finding(tmp_path, text)
    assert finding.hint == "Did you mean 'shop.integrations.signal'?"


def test_each_circle_of_calls_is_told_once(tmp_path: Path) -> None:
    text = GOOD.replace("[modules.users]\n", '[modules.users]\ncalls = ["users", "orders"]\n')
    assert the_only_finding(tmp_path, text).id == "banyan.E006"


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    text = GOOD.replace("listens =", "listen =").replace("auth =", "oauth =")
    with pytest.raises(FindingsError) as caught:
        read(tmp_path, text)
    assert [finding.id for finding in caught.value.findings] == ["banyan.E002", "banyan.E002"]


@pytest.mark.parametrize(
    "harmless",
    [
        "nats://127.0.0.1:4222/a@b",
        "nats://me:$NATS_PASSWORD@127.0.0.1",
        "nats://me:{password}@127.0.0.1",
        "nats://me@127.0.0.1",
    ],
)
def test_an_address_without_a_password_is_no_credential(tmp_path: Path, harmless: str) -> None:
    assert read(tmp_path, GOOD.replace("nats://127.0.0.1:4222", harmless)).name == "shop"


def test_a_service_that_somebody_else_runs_has_the_module_of_its_name(tmp_path: Path) -> None:
    text = GOOD.replace(
        'modules = ["orders"]\nprocesses', 'url = "https://orders.example"\nprocesses'
    )
    home = read(tmp_path, text).topologies["services"].service_of("orders")
    assert home is not None
    assert home.url == "https://orders.example"


def test_a_file_of_another_encoding_is_a_finding_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "banyan.toml"
    file.write_bytes('[project]\nname = "größe"\n'.encode("latin-1"))
    with pytest.raises(FindingsError, match=r"banyan\.toml:2: banyan\.E001 .* UTF-8"):
        load(file)


def test_columns_are_counted_in_characters(tmp_path: Path) -> None:
    text = GOOD.replace('{to = "users", auth', '{to = "users", "größe" = 1, oauth')
    with pytest.raises(FindingsError) as caught:
        read(tmp_path, text)
    line = text.splitlines()[24]
    columns = [one.location.column for one in caught.value.findings if one.location]
    assert columns == [line.index('"größe"') + 1, line.index("oauth") + 1]


def the_only_finding(folder: Path, text: str) -> Finding:
    with pytest.raises(FindingsError) as caught:
        read(folder, text)
    assert len(caught.value.findings) == 1, caught.value
    return caught.value.findings[0]


def test_a_file_that_is_not_there_is_a_finding(tmp_path: Path) -> None:
    with pytest.raises(FindingsError, match="cannot be read: No such file"):
        load(tmp_path / "banyan.toml")


def test_a_file_that_is_too_large_is_a_finding(tmp_path: Path) -> None:
    assert "larger than 1 MiB" in the_only_finding(tmp_path, "#" * 1024 * 1025).message


def test_a_file_nested_too_deep_is_a_finding(tmp_path: Path) -> None:
    finding = the_only_finding(tmp_path, f"x = {'[' * 100_000}")
    assert finding.id == "banyan.E001"


def test_an_app_may_be_below_any_folder_that_is_no_package(tmp_path: Path) -> None:
    (tmp_path / "backend" / "orders").mkdir(parents=True)
    (tmp_path / "backend" / "orders" / "__init__.py").touch()
    (tmp_path / "old" / "orders").mkdir(parents=True)
    file = tmp_path / "banyan.toml"
    file.write_text(
        '[project]\nname = "shop"\n[modules.orders]\n[modules.before]\napps = ["old/orders"]\n'
    )
    assert load(file).modules["before"].apps == ("old/orders",)

    (tmp_path / "backend" / "__init__.py").touch()
    (tmp_path / "old" / "__init__.py").touch()
    with pytest.raises(FindingsError, match=r"banyan\.E008 the app 'orders'"):
        load(file)


def test_an_app_may_be_a_folder_without_an_init_file_within_a_package(tmp_path: Path) -> None:
    (tmp_path / "brook" / "notices" / "deep").mkdir(parents=True)
    (tmp_path / "brook" / "__init__.py").touch()
    (tmp_path / "brook" / "notices" / "apps.py").touch()
    file = tmp_path / "banyan.toml"
    apps = '["brook.notices", "brook.notices.deep"]'
    file.write_text(f'[project]\nname = "shop"\n[modules.notices]\napps = {apps}\n')
    assert load(file).modules["notices"].apps == ("brook.notices", "brook.notices.deep")

    file.write_text('[project]\nname = "shop"\n[modules.notices]\napps = ["brook.notices.apps"]\n')
    with pytest.raises(FindingsError, match=r"banyan\.E008"):
        load(file)
