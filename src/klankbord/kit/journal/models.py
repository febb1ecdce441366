"""One line of the organisation's journal: who did what to the organisation itself, on which day.

Roles, certificates, settings, exports, recovery and backups. Never a case: accesses to a case are
entries in that case, and a reporter's visits are written nowhere (vault §2.10).
"""

from uuid import uuid4

from django.db import models

WORD = 64  # characters; the longest word in use is far below


class Line(models.Model):
    """A deed in plain words of the program. Lines are added, and never changed."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    day = models.PositiveIntegerField()
    organisation = models.UUIDField(null=True)
    actor = models.UUIDField(null=True)
    deed = models.CharField(max_length=WORD)
    subject = models.CharField(max_length=WORD, default="")

    class Meta:
        indexes = [models.Index(fields=["organisation", "day"], name="journal_by_organisation")]

    def __str__(self) -> str:
        return self.deed
