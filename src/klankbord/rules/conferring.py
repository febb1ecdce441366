"""Asking a colleague for advice without names: what in a text could lead to somebody.

Pure. It finds what looks like a name or a number, and leaves it to the writer: a rule that knew all
names would have to be told them first.
"""

import re

NUMBER = re.compile(r"\+?\d[\d\s./-]*\d|\d+")
WORD = re.compile(r"[^\W\d_][\w-]*")
MAIL = re.compile(r"[^\s@]{1,64}@\S{1,255}")  # bounded: a pasted file is read in no time
REFERENCE = re.compile(r"\b[A-Z]{2,4}-[0-9A-Z]{3,6}\b")
ENDS = frozenset('.!?:\n“"(')
#: Words that begin a sentence and name nobody.
BEGINNINGS = frozenset(
    """
    aan al alle als bij daar dan dat de deze die dit door dus een eerst en er geen graag hallo
    heeft hem het hier hij hoe hoi iemand ik in is ja je jij kan kunnen maar mag met mijn
    misschien moet na naar nee nog nu of om omdat ook op over sinds soms te tijdens toch toen
    tot uit van vandaag volgens voor waar waarom wanneer want was wat we weet wel welke wie
    wij wil ze zij zo zou a about after all and any are as at because but by can could do does
    first for from has have he hello her here his how i if in is it maybe may my no not now of
    on or our she should since so somebody some that the their then there they this today to
    until was we what when where which who why with would yes you your au avec aux bonjour ce
    ces cela cette comment dans de depuis des donc du elle elles en est et hier il ils je la
    le les leur lui ma mais mes moi mon ne nous on ou où par pas peut pour pourquoi quand que
    quel quelle quelqu quelqu'un qui sa ses si son sur tu un une vous aber als am an auch auf
    aus bei bin da damit dann darf das dass dem den der des die dies doch du ein eine einen er
    es für gestern gisteren guten hallo hat heute hier ich ihr im in ist ja jemand kann kein
    keine man mein mit nach nein nicht noch nun ob oder schon sein seit sich sie sind so soll
    um und vielleicht von vor wann warum was weil welche wenn wer wie wir wo zu zum zur
    """.split()  # noqa: SIM905 - as a list it would be a page long
)


def could_name(text: str) -> tuple[str, ...]:
    """What in a text looks like a name, a number, an address or a reference: each once."""
    found: list[tuple[int, str]] = []
    taken = [False] * len(text)
    for pattern in (MAIL, REFERENCE, NUMBER, WORD):
        for it in pattern.finditer(text):
            if any(taken[it.start() : it.end()]) or (
                pattern is WORD and not _looks_like_a_name(it[0], text, it.start())
            ):
                continue
            taken[it.start() : it.end()] = [True] * len(it[0])
            found.append((it.start(), it[0].strip()))
    return tuple(dict.fromkeys(words for _, words in sorted(found)))


def _looks_like_a_name(word: str, text: str, place: int) -> bool:
    if not word[0].isupper():
        return False
    return not _begins_a_sentence(text, place) or word.casefold() not in BEGINNINGS


def _begins_a_sentence(text: str, place: int) -> bool:
    before = text[:place].rstrip(" \t")
    return not before or before[-1] in ENDS
