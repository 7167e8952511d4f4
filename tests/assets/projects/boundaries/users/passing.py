from users.hidden import secret

__all__ = ["secret"]
