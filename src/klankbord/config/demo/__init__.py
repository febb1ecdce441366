"""The fictitious organisations of the demo: their people, their keys and some cases."""

from klankbord.config.demo.founding import found_demo as found_demo
