"""A judgement in the forms that people and programs read."""
