from setuptools import find_packages, setup

setup(name="django-stars", version="1.0", packages=find_packages(exclude=["tests"]))
