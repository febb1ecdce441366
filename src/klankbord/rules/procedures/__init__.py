"""Procedures as data: one file says what to do now, who does it, by when, and what follows."""
