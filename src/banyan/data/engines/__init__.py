"""Database engines for a service: Django's own, which know what is resident."""
