"""What people told in the demo. Made up; nobody and nothing here exists."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Deed:
    """A step that somebody took, so many days ago. `days` are counted back from today as well;
    `said` is how consent for it was given.
    """

    step: str
    outcome: str
    days_ago: int
    who: str = ""
    days: Mapping[str, int] = field(default_factory=dict)
    findings: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """How serious somebody found it, with whom, and what set it (criterion: level)."""

    level: str
    days_ago: int
    marks: Mapping[str, str]
    second: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """A report, and the talk that followed (an empty name is the reporter).

    `procedure`: another one than that by which it began. `deeds`: how far it has come, by the
    reader where a deed names nobody. `also`: who was let in.
    """

    house: str
    days_ago: int
    answers: Mapping[str, Any]
    choice: str = "anyone"
    reader: str = ""
    unit: str = ""
    must_not: tuple[str, ...] = ()
    must_not_words: str = ""
    talk: tuple[tuple[str, str], ...] = field(default=())
    procedure: str = ""
    also: str = ""
    deeds: tuple[Deed | Judged, ...] = ()
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
        deeds=(
            Deed("danger", "none", 3),
            Deed("listen", "behaviour", 2, findings={"age_band": "young"}),
            Deed("picture", "clear", 1, said="Aan de telefoon, door de persoon zelf."),
            Judged(
                "red", 1,
                {"agreement": "red", "freedom": "yellow", "equality": "red", "fitting": "yellow",
                 "place": "yellow", "effect": "unknown"},
                "Saskia de Wit",
            ),
            Deed("estimate", "estimated", 1),
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
            ("Lotte Vermeulen", "We spraken af dat je in het voorjaar laat weten hoe het gaat. Je "
             "mag altijd terugkomen met je code."),
        ),
        deeds=(
            Deed("danger", "none", 29),
            Deed("listen", "not_well", 28, findings={"age_band": "young"}),
            Deed("aftercare", "enough", 26),
            Deed("plan", "made", 26, days={"next_look": 14}),
            Deed("parents", "told", 24, said="Vertelde het zelf thuis."),
            Deed("refer", "not_needed", 22),
            Deed("register", "done", 22),
            Deed("follow", "all_done", 14),
            Deed("close", "settled", 14, note="In het voorjaar vragen we nog eens hoe het gaat."),
        ),
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
    Story(
        "ravelijn", 0,
        {
            "danger": "yes", "concerned": "somebody", "age_band": "child", "relation": "leader",
            "kind": ["physical"],
            "happened": "Op de weekendplek vecht een ouder lid met de jongste groep. Een kind is "
            "weggelopen en we zoeken het nu.",
            "where": "het weekendverblijf", "ongoing": "yes", "known": "reachable",
            "contact": "0470 00 09 97",
        },
        "person", "Noor Bracke", "Afdeling Molendries",
        deeds=(Deed("danger", "now", 0, findings={"in_danger": "yes"}),),
    ),
    Story(
        "de-brug", 24,
        {
            "danger": "no", "concerned": "self", "age_band": "adult", "relation": "participant",
            "kind": ["other"],
            "happened": "Mijn afspraak voor hulp bij papieren werd drie keer verzet, telkens op "
            "de dag zelf. Daardoor heb ik een boete.",
            "hopes": ["stop"], "known": "known", "name": "Een buurtbewoner uit de Kleine Kring",
            "contact": "0470 00 09 96",
        },
        "person", "Koen Wouters", "Buurthuis Noord",
        talk=(("Koen Wouters", "Dank je dat je dit vertelt. Ik schrijf je klacht samen met jou "
               "op en geef ze door aan wie erover beslist."),),
        procedure="complaint", also="Dorien Claeys",
        deeds=(
            Deed("receive", "service", 23, findings={"channel": "oral"},
                 note="Kwam het aan het onthaal vertellen."),
            Deed("direct_attempt", "not_enough", 22),
            Deed("part1", "done", 20),
            Deed("sign", "signed", 20, days={"signed": 20}),
            Deed("give_copy", "done", 20),
            Deed("hand_over", "done", 17),
        ),
    ),
    Story(
        "de-brug", 34,
        {
            "danger": "no", "concerned": "self", "age_band": "adult", "relation": "participant",
            "kind": ["other"],
            "happened": "Er staat al maanden een gebroken hekken aan de speelplek van het "
            "buurthuis. Niemand antwoordt op mijn mails.",
            "known": "known", "name": "Een ouder", "contact": "0470 00 09 95",
        },
        "person", "Fien Goossens", "Buurthuis Haven",
        talk=(("Fien Goossens", "Dank je voor je melding. Je hebt lang gewacht, dat spijt me. "
               "We schrijven dit samen op als klacht."),),
        procedure="complaint",
        deeds=(
            Deed("receive", "service", 32, findings={"channel": "written"}),
            Deed("direct_attempt", "official", 31),
            Deed("part1", "done", 30),
            Deed("sign", "signed", 29, days={"signed": 29}),
            Deed("give_copy", "done", 29),
        ),
    ),
    Story(
        "zonnedael", 9,
        {
            "danger": "no", "concerned": "self", "age_band": "adult", "relation": "employee",
            "kind": ["intimidation"],
            "happened": "Sinds de nieuwe planning krijg ik alleen nog late diensten, en er worden "
            "grappen over gemaakt in het overleg.",
            "ongoing": "yes", "hopes": ["advice", "stop"], "known": "anonymous",
        },
        "person", "Saskia de Wit", "Locatie De Linde",
        talk=(("Saskia de Wit", "Dank je wel dat je dit vertelt. Zullen we morgen bellen, op een "
               "moment dat jij kiest?"),),
        deeds=(
            Deed("contact", "appointment", 8, days={"appointment": 6}),
            Deed("listen", "done", 6),
            Deed("choose", "manager", 5),
        ),
    ),
)  # fmt: skip
