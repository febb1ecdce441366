"""When people can be reached: weekly hours, absences and who takes over, and who has duty.

All of it is about those who work with Klankbord, and most of it stands on the public page.
"""

from uuid import uuid4

from django.db import models

from klankbord.organisations.models import Membership, Organisation


class Absence(models.Model):
    """Somebody cannot be reached, first and last day included (R-002-44)."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="absences")
    from_day = models.PositiveIntegerField()
    until_day = models.PositiveIntegerField()
    substitute = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="stands_in"
    )


class Hours(models.Model):
    """Hours on one day of the week; Monday is 0, minutes count from midnight."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField()
    from_minute = models.PositiveSmallIntegerField()
    until_minute = models.PositiveSmallIntegerField()


class Duty(models.Model):
    """Somebody can be called on these days, first and last included (R-001-10)."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="duties")
    from_day = models.PositiveIntegerField()
    until_day = models.PositiveIntegerField()


class Permanence(models.Model):
    """What an organisation decided about its permanence.

    `alerts`: whoever has duty gets a mail without content at once when somebody tells of danger.
    """

    organisation = models.OneToOneField(
        Organisation, on_delete=models.CASCADE, primary_key=True, related_name="permanence"
    )
    alerts = models.BooleanField(default=False)
