"""Follows rows and queries through functions and files to where they are used."""

from banyan.survey.following.following import ROUNDS, Follower
from banyan.survey.following.parcels import Parcels

__all__ = ["ROUNDS", "Follower", "Parcels"]
