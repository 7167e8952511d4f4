"""Runs every line of the depot that touches something."""

import importlib.util
import threading
import unittest
from http.server import BaseHTTPRequestHandler, HTTPServer

from django.db import connection
from django.test import TestCase, TransactionTestCase

from sales import services


class Answers(BaseHTTPRequestHandler):
    """Answers everything."""

    def do_GET(self):
        """Answer."""
        self.send_response(200)
        self.end_headers()

    def log_message(self, *args):
        """Say nothing."""


class SaleTest(TestCase):
    """In a transaction of the test's own."""

    databases = {"default", "archive"}

    def test_sell(self):
        """All of it."""
        sale = services.sell("Ada Secret")
        self.assertEqual(services.names_of_buyers(), ["Ada Secret"])
        services.forget(sale)

    def test_hire_and_archive(self):
        """In two databases."""
        services.hire("Ada Secret")
        services.archive()

    def test_wrappers_of_its_own(self):
        """A project may wrap what is executed, also before the connection is there."""
        seen = []

        def wrapper(execute, *args):
            seen.append(args[0])
            return execute(*args)

        with connection.execute_wrapper(wrapper):
            services.names_of_buyers()
        self.assertEqual(len(seen), 1)

    def test_http(self):
        """From a server of its own."""
        with HTTPServer(("127.0.0.1", 0), Answers) as server:
            thread = threading.Thread(target=server.serve_forever)
            thread.start()
            services.tell(server.server_port)
            server.shutdown()
            thread.join()


class PageTest(TransactionTestCase):
    """Without one: what waits for a commit runs."""

    def test_sell(self):
        """Greets."""
        services.sell("Ada Secret")

    def test_pages(self):
        """Both kinds of views."""
        self.assertEqual(self.client.get("/buyers/").json(), {"people": 0})
        self.assertEqual(self.client.get("/buyers/later/").json(), {"people": 0})
        self.assertEqual(self.client.get("/buyers/page/").content, b"")
        self.assertEqual(self.client.get("/items/").status_code, 404)

    @unittest.skipUnless(importlib.util.find_spec("celery"), "Celery is not installed")
    def test_tasks(self):
        """Eager."""
        from sales.tasks import later

        later()
