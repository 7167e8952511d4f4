"""Leases on Django's databases."""
