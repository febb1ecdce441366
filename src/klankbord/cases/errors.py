"""What can stand in the way of reading or writing a case, as the field would say it."""


class NotYours(LookupError):
    """There is no such case for this person: the answer for what does not exist is the same."""


class TroubleInCase(Exception):
    """What is stored is not what was signed; the case can be read but not written."""


class NotCertified(Exception):
    """The person's key leads back to nobody who was certified, so nothing is sealed to it."""


class Excluded(Exception):
    """The reporter does not want this person to read the case."""


class ExclusionOpen(Exception):
    """The reporter typed a name; first somebody says whom it means."""


class AlreadyReads(Exception):
    """The person can read the case already."""


class LastReader(Exception):
    """Without this person nobody could answer the reporter."""


class IdentityNeeded(Exception):
    """Somebody leaves who reads who the reporter is: whoever ends that must hold that key too."""


class TextEmpty(ValueError):
    """There is nothing in it."""


class TextTooLong(ValueError):
    """More than fits in one entry."""


class ReasonMissing(ValueError):
    """It needs a reason that the others can read."""


class AlreadyDone(Exception):
    """The same form was sent before: nothing is written twice."""
