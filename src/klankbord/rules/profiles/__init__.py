"""Profiles as data: what kind of organisation this is, and which words and promises go with it."""
