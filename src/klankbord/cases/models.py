"""The sealed case file. Every column that is not sealed is named in docs/security.md.

Days, never times. No kind, actor, step, name, word or file name outside a seal.
"""

from __future__ import annotations

from uuid import UUID, uuid4

from django.db import models

from klankbord.organisations.models import Membership, Organisation

FILE = "file"
IDENTITY = "identity"
#: What those who handle the case note: sealed to its readers of the house, never to the reporter.
WORK = "work"
NOBODY = UUID(int=0)  # in a count that is of nobody in particular


class Case(models.Model):
    """A case: the place of its entries. `count` and `head` say where the next entry goes."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    reference = models.CharField(max_length=12, unique=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    procedure = models.CharField(max_length=60, blank=True)
    opened_day = models.PositiveIntegerField()
    closed_day = models.PositiveIntegerField(null=True)
    destroy_day = models.PositiveIntegerField(null=True)
    rekey_due = models.BooleanField(default=False)  # a holder left: the next one makes a new key
    count = models.PositiveIntegerField(default=0)
    head = models.BinaryField(max_length=32, default=bytes(32))


class Compartment(models.Model):
    """A part of a case with keys of its own: file, identity, notes:<member>."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="compartments")
    name = models.CharField(max_length=60)
    epoch = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "name"], name="one_compartment_of_a_name")
        ]


class Reporter(models.Model):
    """Somebody who holds a code. The code itself is stored nowhere."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    lookup = models.BinaryField(max_length=32, unique=True)
    box_pub = models.BinaryField(max_length=32)
    sign_pub = models.BinaryField(max_length=32)


class KeyHolder(models.Model):
    """One epoch key of a compartment, wrapped for one holder: a membership or a reporter."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    compartment = models.ForeignKey(Compartment, on_delete=models.CASCADE, related_name="holders")
    epoch = models.PositiveSmallIntegerField()
    holder = models.UUIDField(db_index=True)
    wrapped = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["compartment", "epoch", "holder"], name="one_wrap_per_epoch"
            )
        ]


class Bookmark(models.Model):
    """Where a holder last read: sealed to the holder, compared and renewed at every opening."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="bookmarks")
    holder = models.UUIDField()
    sealed = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "holder"], name="one_bookmark_per_holder")
        ]


class Overseer(models.Model):
    """A member who may count this case: written at intake, all but the excluded."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="overseers")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="oversees")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["membership", "case"], name="one_count_per_overseer")
        ]


class Entry(models.Model):
    """Something that happened, sealed and chained to all before it. Never changed."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="entries")
    seq = models.PositiveIntegerField()
    compartment = models.ForeignKey(Compartment, on_delete=models.CASCADE, related_name="entries")
    epoch = models.PositiveSmallIntegerField()
    day = models.PositiveIntegerField()
    nonce = models.BinaryField(max_length=24)
    sealed = models.BinaryField()
    prev = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "seq"], name="one_entry_per_place")]


class Attachment(models.Model):
    """A sealed file on disk. Its key, name and type are inside an entry."""

    id = models.UUIDField(primary_key=True, editable=False)  # the blob's id
    case = models.ForeignKey(Case, on_delete=models.CASCADE, null=True, related_name="attachments")
    day = models.PositiveIntegerField(db_index=True)
    size = models.PositiveBigIntegerField()  # padded


class WorkItem(models.Model):
    """Something waits for somebody: a projection for lists and reminders.

    `clock` is one of a few coarse classes; a finer word would give the story away.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="work")
    clock = models.CharField(max_length=12)
    assignee = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="work")
    due_day = models.PositiveIntegerField(null=True)  # nothing: it must be done, on no set day
    done_day = models.PositiveIntegerField(null=True)
    told_day = models.PositiveIntegerField(null=True)  # of the last reminder by mail

    class Meta:
        indexes = [
            models.Index(
                fields=["assignee", "due_day", "id"],
                name="work_open",
                condition=models.Q(done_day__isnull=True),
            ),
            models.Index(fields=["case", "done_day"], name="work_of_case"),
        ]


class InboxRow(models.Model):
    """A reader's place in a case, for the inbox: a projection of holders and days.

    Never a right to read: that is a key.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="rows")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="inbox")
    day = models.PositiveIntegerField()  # of the newest entry
    waiting = models.BooleanField(default=False)  # the reporter said something new
    closed = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "membership"], name="one_row_per_reader")
        ]
        # One for each list: a yes or no inside an index is not looked up by every database.
        indexes = [
            models.Index(
                fields=["membership", "-day", "id"],
                name=f"inbox_{'closed' if closed else 'open'}_{'waits' if waiting else 'rests'}",
                condition=models.Q(closed=closed, waiting=waiting),
            )
            for closed in (False, True)
            for waiting in (False, True)
        ]


class Tally(models.Model):
    """A plus or a minus in what one overseer may count: a projection, added up every minute.

    `day` is the day a case came in or was closed, or on which something is due; `who` the member
    with whom it waits. Of a term, `clock` is the coarse word of what waits. Never which case.
    """

    CAME, OPEN, DONE, WAITING, WITH, TERM = "came", "open", "done", "waiting", "with", "term"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    overseer = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="tallies")
    what = models.CharField(max_length=8)
    day = models.PositiveIntegerField()
    who = models.UUIDField(default=NOBODY)
    clock = models.CharField(max_length=12, blank=True)
    number = models.IntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["overseer", "what", "day", "who", "clock"], name="tally_of")
        ]
