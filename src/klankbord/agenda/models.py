"""When people can be reached: absences and who takes over."""

from uuid import uuid4

from django.db import models

from klankbord.organisations.models import Membership


class Absence(models.Model):
    """Somebody cannot be reached, first and last day included (R-002-44)."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="absences")
    from_day = models.PositiveIntegerField()
    until_day = models.PositiveIntegerField()
    substitute = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="stands_in"
    )
