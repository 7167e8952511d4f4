"""Runs inside the project's own interpreter: standard library only, valid on Python 3.8 and newer.

The command copies this folder, beside a ``sitecustomize.py`` that arms it, to a place on the
``PYTHONPATH``. It never imports Django, it waits until the project does; and it appends each new
fact at once, so that no killed process, no fork and no ``os._exit`` loses any. It keeps names of
places, tables, signals, tasks and hosts; never a parameter, a value or a statement's text.
"""
