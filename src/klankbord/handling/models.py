"""What handling keeps beside the cases: the procedures that an organisation adapted."""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from klankbord.organisations.models import Organisation


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
