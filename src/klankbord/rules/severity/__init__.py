"""Severity as data: what to ask first, how to weigh, and which response belongs to each level."""
