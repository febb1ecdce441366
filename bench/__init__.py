"""`make bench`: what it costs, measured in one run against its own floor."""
