"""The module sales of the tests' project."""
