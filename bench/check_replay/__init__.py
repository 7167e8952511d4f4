"""Replays a project's history: is what a commit brings told of it, and of no other?"""
