"""What is said between colleagues, sealed; plain is who holds a copy, and on which day."""

from uuid import uuid4

from django.db import models

from klankbord.organisations.models import Membership


class Conferred(models.Model):
    """A copy of what one colleague told another: the sender keeps one and the receiver one.

    The two rows have nothing in common but the day, and each is sealed under a key of its own.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    holder = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="conferred")
    day = models.PositiveIntegerField()
    seen = models.BooleanField(default=False)
    wrapped = models.BinaryField()
    nonce = models.BinaryField(max_length=24)
    sealed = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["holder", "-day", "id"], name="conferred_of")]
