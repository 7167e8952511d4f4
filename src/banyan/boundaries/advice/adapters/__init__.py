"""What the advice needs of the world: git and files."""
