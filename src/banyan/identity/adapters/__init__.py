"""Keys, people and logins, where they really are."""
