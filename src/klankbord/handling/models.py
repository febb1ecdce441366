"""What handling keeps beside the cases: the procedures that an organisation adapted, and what is
said between colleagues, sealed (plain is who holds a copy, and on which day)."""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from klankbord.organisations.models import Membership, Organisation


class OwnProcedure(models.Model):
    """A version of a procedure in an organisation's own text: plain, for it holds no case.

    A draft until the day it is switched on; from then on its text is never edited, for cases keep
    the version with which they started. A version that was switched off stays readable for them.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="procedures"
    )
    key = models.CharField(max_length=60)
    version = models.PositiveIntegerField()  # from own.FIRST_OWN up: never one of ours
    main = models.TextField()
    translations = models.JSONField()  # the texts of the other files, by language
    written_day = models.PositiveIntegerField()
    written_by = models.UUIDField()  # a membership
    on_day = models.PositiveIntegerField(null=True)
    off_day = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "key", "version"], name="own_procedure_version"
            )
        ]


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
