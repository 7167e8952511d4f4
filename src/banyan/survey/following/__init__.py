"""Follows rows and queries through functions and files to where they are used."""

from banyan.survey.following.following import Follower

__all__ = ["Follower"]
