"""What intake keeps: receipts that outlive a lost answer, and the activities that have a link."""

from uuid import uuid4

from django.db import models

from klankbord.organisations.models import Organisation, Unit


class SealedReceipt(models.Model):
    """A receipt that opens only with the token of the form that was sent; a quarter of an hour.

    `expires_hour` counts hours since 1970; the exact minute is inside the seal.
    """

    id = models.BinaryField(primary_key=True, max_length=32)
    sealed = models.BinaryField()
    expires_hour = models.PositiveIntegerField(db_index=True)


class Activity(models.Model):
    """A holiday, a camp, an evening: its link leads parents and children here (R-001-41).

    What stands here is printed on its sheet. Which cases came by it stands nowhere but inside them.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="activities"
    )
    word = models.CharField(max_length=12, unique=True)  # in the address: random
    name = models.CharField(max_length=120)
    from_day = models.PositiveIntegerField()
    until_day = models.PositiveIntegerField()
    unit = models.ForeignKey(Unit, on_delete=models.SET_NULL, null=True, blank=True)
    ended_day = models.PositiveIntegerField(null=True, blank=True)  # by hand, before its time

    def __str__(self) -> str:
        return self.name
