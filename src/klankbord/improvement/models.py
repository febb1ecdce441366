"""What an organisation does of itself, year after year: plain rows without a sentence in them."""

from __future__ import annotations

from django.db import models

from klankbord.organisations.models import Organisation


class DutyDone(models.Model):
    """A duty of the year was done: who says so, on which day, and the word of its outcome.

    Why, and what was found, stands in the minutes of the organisation and never here.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="duties")
    procedure = models.CharField(max_length=60)
    step = models.CharField(max_length=60)
    round = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=60, blank=True)
    day = models.PositiveIntegerField()
    by = models.UUIDField()  # a membership
    noted_day = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "procedure", "step", "round"], name="one_note_per_round"
            )
        ]


class DutyTold(models.Model):
    """The day on which a reminder of a duty was last sent, for the last day it then had."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    procedure = models.CharField(max_length=60)
    step = models.CharField(max_length=60)
    due_day = models.PositiveIntegerField()
    told_day = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "procedure", "step"], name="one_reminder_per_duty"
            )
        ]
