"""Benches: each file compares something of Banyan's with what people use otherwise."""
