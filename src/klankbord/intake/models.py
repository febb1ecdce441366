"""What must outlive a lost answer: the receipt of a report, sealed under the form's own token."""

from django.db import models


class SealedReceipt(models.Model):
    """A receipt that opens only with the token of the form that was sent; a quarter of an hour.

    `expires_hour` counts hours since 1970; the exact minute is inside the seal.
    """

    id = models.BinaryField(primary_key=True, max_length=32)
    sealed = models.BinaryField()
    expires_hour = models.PositiveIntegerField(db_index=True)
