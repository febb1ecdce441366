"""What the database keeps of a session: something sealed, and when it may be thrown away."""

from django.db import models


class SealedSession(models.Model):
    """One session. Neither the id nor anything else in the row opens it: the cookie does.

    `expires` is rounded up to the hour, so that it does not tell when somebody was here.
    """

    id = models.BinaryField(primary_key=True, max_length=32)
    sealed = models.BinaryField()
    expires = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return "sealed session"
