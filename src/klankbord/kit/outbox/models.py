"""Letters that wait for their hour.

A row holds an address and a slot, and nothing of why: not the case, not the organisation, not the
moment it was written (vault §2.6). Forty reports in an hour leave one row.
"""

from uuid import uuid4

from django.db import models


class Letter(models.Model):
    """One mail to one address in one hour.

    `slot` counts hours since 1970-01-01 UTC. `held_until` counts minutes; it is empty but in the
    seconds that a sender is busy with this letter, so that a second sender leaves it alone. A
    letter with an `invitation` carries a link; the link itself is computed when it is sent.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    address = models.TextField()
    slot = models.PositiveIntegerField()
    tries = models.PositiveIntegerField(default=0)
    held_until = models.PositiveIntegerField(null=True)
    sent_day = models.PositiveIntegerField(null=True)
    invitation = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["address", "slot"],
                name="one_letter_per_slot",
                condition=models.Q(invitation=None),
            ),
            models.UniqueConstraint(fields=["invitation"], name="one_letter_per_invitation"),
        ]

    def __str__(self) -> str:
        return f"slot {self.slot}"
