"""Form tokens that were used, so that a second click opens no second case."""

from django.db import models


class SpentToken(models.Model):
    """A used form token: a digest of its random part, and the hour (since 1970) it was used."""

    digest = models.BinaryField(primary_key=True, max_length=32)
    hour = models.PositiveIntegerField(db_index=True)

    def __str__(self) -> str:
        return "spent token"
