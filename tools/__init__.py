"""What the project's own developers run; none of it is in the wheel."""
