"""Banyan takes a Django monolith to services one seam at a time."""
