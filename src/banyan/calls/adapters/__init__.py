"""What calls use: Django's transactions and tables, and the Connect protocol."""
