"""Organisations, the people who work in them, and the keys that make them readers."""

from __future__ import annotations

from uuid import uuid4

from django.db import models


class Installation(models.Model):
    """One row: what this installation needs before it can open anything.

    `pepper_print` recognises the pepper that belongs to this database, so that starting with
    another one refuses instead of telling every reporter that their code is unknown.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    code_salt = models.BinaryField(max_length=16)
    pepper_print = models.BinaryField(max_length=8)


class Organisation(models.Model):
    """An association, a bureau, an employer: it has its own people, keys and cases."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    profile = models.CharField(max_length=40)  # a file in library/profiles
    profile_version = models.PositiveSmallIntegerField(default=1)
    country = models.CharField(max_length=2)
    telephone = models.CharField(max_length=40, blank=True)  # the permanence number (P7)
    telephone_hours = models.CharField(max_length=120, blank=True)
    closures = models.JSONField(default=list, blank=True)  # days off of its own, as ISO days
    region = models.CharField(max_length=20, blank=True)  # whose day off it has, as in rules.terms
    edition = models.UUIDField(null=True)  # the newest own words that were published, if any
    meetings = models.JSONField(default=dict, blank=True)  # ISO days by body, for terms
    founded_day = models.PositiveIntegerField()

    #: On the copy of a row that a preview shows: what is not published yet counts too.
    drafted = False

    def __str__(self) -> str:
        return self.name


class Edition(models.Model):
    """One version of a part of an organisation's own words (P12): public, or about to be.

    Written on a day and published on a day; what was never published is a draft. Versions are
    counted per organisation. The newest published one of a part and language is in force.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="editions"
    )
    part = models.CharField(max_length=20)  # rules.profiles.own.Part
    language = models.CharField(max_length=2, blank=True)
    version = models.PositiveIntegerField()
    words = models.JSONField()
    written_day = models.PositiveIntegerField()
    written_by = models.UUIDField(null=True)  # a membership; nobody: as it was founded
    published_day = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "version"], name="edition_version")
        ]


class Unit(models.Model):
    """A province, a local group, a department: it routes a report, and lives inside its seal."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="units")
    parent = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="children"
    )
    name = models.CharField(max_length=120)
    ended_day = models.PositiveIntegerField(null=True)  # nobody new is led there

    def __str__(self) -> str:
        return self.name


class Engagement(models.Model):
    """A bureau works for an employer, from one day to another (R-002-01, R-002-02)."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    bureau = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="engagements_given"
    )
    employer = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="engagements_taken"
    )
    from_day = models.PositiveIntegerField()
    until_day = models.PositiveIntegerField(null=True, blank=True)


class Account(models.Model):
    """A person who works with the system. Opening the sealed profile is the log-in."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    mail = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    salt = models.BinaryField(max_length=16)
    master = models.BinaryField()  # the master key, sealed by the passphrase
    recovery = models.BinaryField()  # the master key, sealed by the recovery code
    profile = models.BinaryField()  # key pairs and one-time code, sealed by the master key
    serial = models.PositiveIntegerField(default=1)  # a new passphrase ends other sessions

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A person in one organisation: what the card on the public page says, and the roles."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="memberships"
    )
    unit = models.ForeignKey(Unit, on_delete=models.SET_NULL, null=True, blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    public_mail = models.EmailField(blank=True)
    whatsapp = models.CharField(max_length=40, blank=True)
    speaks = models.JSONField(default=list, blank=True)
    outside = models.CharField(max_length=120, blank=True)  # the bureau this person is of
    order = models.PositiveSmallIntegerField(default=0)
    left_day = models.PositiveIntegerField(null=True)  # all keys went: not the end of a role

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "organisation"], name="one_membership_per_organisation"
            )
        ]

    def __str__(self) -> str:
        return self.account.name


class Role(models.Model):
    """What somebody is in an organisation, from one day to another."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="roles")
    word = models.CharField(max_length=40)  # a role of the profile
    from_day = models.PositiveIntegerField()
    until_day = models.PositiveIntegerField(null=True, blank=True)


class Certificate(models.Model):
    """A member's public keys, signed by a member who was certified before (the newest counts)."""

    membership = models.ForeignKey(
        Membership, on_delete=models.CASCADE, related_name="certificates"
    )
    serial = models.PositiveIntegerField()
    box_pub = models.BinaryField(max_length=32)
    sign_pub = models.BinaryField(max_length=32)
    roles = models.JSONField()  # the reading roles that were certified
    from_day = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["membership", "serial"], name="certificate_serial")
        ]


class Countersignature(models.Model):
    """A certified member vouches for a certificate (two where the profile asks for two)."""

    certificate = models.ForeignKey(
        Certificate, on_delete=models.CASCADE, related_name="signatures"
    )
    signer = models.UUIDField()  # a membership; itself for a founder, whose key is pinned
    signature = models.BinaryField(max_length=64)


class Invitation(models.Model):
    """Somebody is asked to work here. The link in the mail is computed, and stored nowhere.

    `renews` asks somebody who works here already to make new keys: passphrase and recovery code
    are lost. `expires_hour` counts hours since 1970.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="invitations"
    )
    mail = models.EmailField()
    name = models.CharField(max_length=120)
    roles = models.JSONField()
    unit = models.ForeignKey(Unit, on_delete=models.SET_NULL, null=True, blank=True)
    outside = models.CharField(max_length=120, blank=True)  # the bureau this person is of
    membership = models.ForeignKey(
        Membership, on_delete=models.CASCADE, null=True, related_name="invitations"
    )
    renews = models.BooleanField(default=False)
    invited_by = models.UUIDField()  # a membership
    made_day = models.PositiveIntegerField()
    expires_hour = models.PositiveIntegerField()
    accepted_day = models.PositiveIntegerField(null=True)
    withdrawn_day = models.PositiveIntegerField(null=True)

    def __str__(self) -> str:
        return self.name
