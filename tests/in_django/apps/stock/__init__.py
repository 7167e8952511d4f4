"""The module stock of the tests' project."""
