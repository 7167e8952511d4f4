"""Records what a project's lines really touch while it runs, and keeps it as evidence."""

from banyan.survey.recording.evidence import Evidence, decode, encode, json_schema
from banyan.survey.recording.facts import Recording, merge, recording_of
from banyan.survey.recording.observations import Observations, app_pairs, observe

__all__ = [
    "Evidence",
    "Observations",
    "Recording",
    "app_pairs",
    "decode",
    "encode",
    "json_schema",
    "merge",
    "observe",
    "recording_of",
]
