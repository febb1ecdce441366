"""What people told in the demo. Made up; nobody and nothing here exists."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Story:
    """A report, the talk that followed (an empty name is the reporter) and how it ended."""

    house: str
    days_ago: int
    answers: Mapping[str, Any]
    choice: str = "anyone"
    reader: str = ""
    unit: str = ""
    must_not: tuple[str, ...] = ()
    must_not_words: str = ""
    talk: tuple[tuple[str, str], ...] = field(default=())
    closed_by: str = ""
    closing: str = ""
    form: str = "report"
    activity: str = ""


# Name, group, first day counted from today, and how many days later it ends.
ACTIVITIES = (
    ("Winterweekend van de rakkers", "Afdeling Eikenrode", 20, 2),
    ("Najaarsweekend van de rakkers", "Afdeling Eikenrode", -150, 2),
)

STORIES = (
    Story(
        "ravelijn", 4,
        {
            "danger": "no", "concerned": "self", "age_band": "young", "relation": "member",
            "kind": ["bullying"],
            "happened": "Op kamp werd er elke avond met mij gelachen in de slaapzaal. Eén "
            "begeleider lachte mee. Ik wil niet dat het volgend jaar opnieuw zo is.",
            "where": "de slaapzaal op het zomerkamp", "happened_on": {"month": 7, "year": 2026},
            "ongoing": "no", "who_capacity": ["member", "leader"],
            "how_now": "Ik durf niet goed meer naar de activiteiten.",
            "hopes": ["be_heard", "stop"], "discussed": "hard", "known": "anonymous",
        },
        "person", "Noor Bracke", "Afdeling Eikenrode", ("Wout Claes",),
        talk=(
            ("Noor Bracke", "Dank je dat je dit vertelt. Wat je beschrijft is niet oké, en het is "
             "niet jouw schuld. Ik zou er graag met jou over verder praten, hier of aan de "
             "telefoon. Wat zou jou het meest helpen?"),
            ("", "Ik weet niet goed of dit erg genoeg is om te melden."),
        ),
    ),
    Story(
        "ravelijn", 0,
        {
            "danger": "no", "concerned": "somebody", "age_band": "child", "relation": "parent",
            "kind": ["physical"],
            "happened": "Een ouder lid duwde tijdens het spel een jonger kind hard tegen de muur. "
            "De leiding zag het en zei dat het erbij hoort.",
            "where": "het lokaal", "happened_on": {"words": "vorige zondag"}, "ongoing": "unknown",
            "who_capacity": ["member"], "hopes": ["advice", "others"], "known": "anonymous",
        },
        unit="Afdeling Molendries",
    ),
    Story(
        "ravelijn", 30,
        {
            "danger": "no", "concerned": "self", "age_band": "young", "relation": "leader",
            "kind": ["feeling_bad"],
            "happened": "Het wordt mij te veel. Iedereen rekent op mij en ik slaap slecht.",
            "hopes": ["be_heard", "advice"], "known": "anonymous",
        },
        "person", "Lotte Vermeulen",
        talk=(
            ("Lotte Vermeulen", "Fijn dat je het zegt. Zullen we samen bekijken wat je even kan "
             "loslaten? Praten kan ook dag en nacht op het nummer 106."),
            ("", "Dank je. Ik heb het met mijn ploeg besproken en het gaat beter."),
        ),
        closed_by="Lotte Vermeulen",
        closing="We spraken af dat je in het voorjaar laat weten hoe het gaat. Je mag altijd "
        "terugkomen met je code.",
    ),
    Story(
        "ravelijn", 2,
        {
            "danger": "unknown", "concerned": "my_child", "age_band": "child",
            "relation": "parent", "kind": ["other"],
            "happened": "Mijn kind wil niet meer naar de activiteiten en zegt niet waarover het "
            "gaat.", "known": "reachable", "contact": "0470 00 09 99, na 18 uur",
        },
        "person", "Saskia de Wit", must_not_words="de groepsleidster van vorig jaar",
    ),
    Story(
        "ravelijn", 1,
        {
            "question": "Mijn dochter gaat mee op weekend. Slapen begeleiders in dezelfde kamer?",
            "danger": "no", "relation": "parent", "known": "anonymous",
        },
        form="question", activity="Winterweekend van de rakkers",
    ),
    Story(
        "ravelijn", 1,
        {
            "situation": "Een jongen van 9 zit telkens alleen en wordt niet gekozen.",
            "subject": ["approach"], "relation": "leader", "known": "anonymous",
        },
        unit="Afdeling Molendries", form="advice",
    ),
    Story(
        "zonnedael", 0, {"contact": "06 0000 0999", "contact_when": {"words": "na 19 uur"}},
        "person", "Saskia de Wit", form="call_back",
    ),
    Story(
        "zonnedael", 3,
        {
            "danger": "no", "concerned": "self", "age_band": "adult", "relation": "employee",
            "kind": ["intimidation"],
            "happened": "Mijn leidinggevende zet mij tijdens het overleg telkens voor gek.",
            "ongoing": "yes", "hopes": ["advice"], "discussed": "nothing_changed",
            "known": "anonymous",
        },
        "person", "Saskia de Wit", "Locatie De Linde", ("Yara Bakker",),
        talk=(
            ("Saskia de Wit", "Dank je wel voor je bericht. Ik bel je graag op een moment dat jij "
             "kiest. Er gebeurt niets zonder dat jij het wilt."),
        ),
    ),
    Story(
        "technohal", 1,
        {
            "danger": "no", "concerned": "somebody", "age_band": "adult", "kind": ["fraud"],
            "happened": "Ik zie dat er uren worden geschreven die niemand heeft gewerkt.",
            "hopes": ["advice"], "known": "anonymous",
        },
        "person", "Ruben Hoekstra",
    ),
    Story(
        "de-brug", 2,
        {
            "danger": "no", "concerned": "self", "age_band": "adult",
            "kind": ["psychological"],
            "happened": "Aan het onthaal riep een medewerker tegen mij waar iedereen bij was.",
            "hopes": ["be_heard", "others"], "known": "known", "name": "Een buurtbewoner",
            "contact": "0470 00 09 98",
        },
        "person", "Amina El Idrissi", "Buurthuis Noord", ("Milan Jacobs",),
    ),
    Story(
        "de-brug", 1,
        {
            "danger": "no", "concerned": "somebody", "age_band": "young", "kind": ["bullying"],
            "happened": "In de tienerwerking wordt een meisje telkens uitgelachen.",
            "known": "anonymous",
        },
        unit="Buurthuis Haven",
    ),
)  # fmt: skip
