"""The shop as customers and staff meet it: the same assertions in one process and in many."""
