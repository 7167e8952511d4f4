"""Follows rows and queries through functions and files to where they are used."""

from banyan.survey.following.directory import Directory, Entries, entries
from banyan.survey.following.flows import FlowKey, Flows
from banyan.survey.following.following import Follower
from banyan.survey.following.parcels import Parcel, Parcels
from banyan.survey.following.rounds import ROUNDS, Gathered, History, Rounds, Stale

__all__ = [
    "ROUNDS",
    "Directory",
    "Entries",
    "FlowKey",
    "Flows",
    "Follower",
    "Gathered",
    "History",
    "Parcel",
    "Parcels",
    "Rounds",
    "Stale",
    "entries",
]
