"""The truth that a survey's relations are measured against: migration files, replayed unrun.

Nothing here imports `banyan`, nor the project that is read: what agrees agrees by itself.
"""
