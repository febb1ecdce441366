"""Who is who in the demo. Nobody here exists; `docs/demo.md` prints the same table."""

from dataclasses import dataclass

PHRASE = "{} wandelt langs de rivier"
HEAD = ("Name", "E-mail", "Passphrase", "Role", "Organisation")


@dataclass(frozen=True, slots=True)
class House:
    """An organisation of the demo."""

    slug: str
    name: str
    profile: str
    country: str
    telephone: str
    hours: str
    units: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Post:
    """What a person is in one organisation, and what their card says there."""

    house: str
    roles: tuple[str, ...]
    unit: str = ""
    telephone: str = ""
    mail: str = ""
    whatsapp: str = ""
    speaks: tuple[str, ...] = ("nl",)
    outside: str = ""
    founder: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """A person of the demo, with one account."""

    name: str
    mail: str
    posts: tuple[Post, ...]

    @property
    def passphrase(self) -> str:
        """The passphrase of the demo: everybody may know it."""
        return PHRASE.format(self.name.split()[0].lower())


HOUSES = (
    House(
        "ravelijn", "Ravelijn", "youth", "BE", "0470 00 01 12", "dag en nacht",
        (
            ("Provincie Oost", ("Afdeling Eikenrode", "Afdeling Molendries", "Afdeling Wilgenhof")),
            ("Provincie West", ("Afdeling Duinzicht", "Afdeling Kreekhoek")),
            ("Provincie Zuid", ("Afdeling Heuvelrand",)),
        ),
    ),
    House("anker", "Bureau Anker", "bureau", "NL", "085 000 01 20", "elke dag van 9 tot 21 uur"),
    House(
        "zonnedael", "Zonnedael Zorg", "employer", "NL", "085 000 01 21",
        "elke dag van 9 tot 21 uur", (("Locatie De Linde", ()), ("Locatie Het Veer", ())),
    ),
    House(
        "technohal", "Technohal", "employer", "NL", "085 000 01 22", "elke dag van 9 tot 21 uur",
        (("Werkplaats", ()), ("Kantoor", ())),
    ),
    House(
        "de-brug", "Buurtwerk De Brug", "welfare", "BE", "0470 00 01 13",
        "elke werkdag van 9 tot 17 uur", (("Buurthuis Noord", ()), ("Buurthuis Haven", ())),
    ),
    House(
        "samenlevingsnet", "Samenlevingsnet", "sector", "BE", "0470 00 01 14",
        "elke werkdag van 9 tot 17 uur",
    ),
)  # fmt: skip

PEOPLE = (
    Person("Noor Bracke", "noor.bracke@ravelijn.example", (
        Post("ravelijn", ("contact_person",), "Provincie Oost", "0470 00 02 01",
             "noor.bracke@ravelijn.example", "0470 00 02 01", ("nl", "fr"), founder=True),
    )),
    Person("Tarik Maes", "tarik.maes@ravelijn.example", (
        Post("ravelijn", ("contact_person",), "Provincie West", "0470 00 02 02",
             "tarik.maes@ravelijn.example", "0470 00 02 02", ("nl", "en")),
    )),
    Person("Lotte Vermeulen", "lotte.vermeulen@ravelijn.example", (
        Post("ravelijn", ("contact_person",), "Provincie Zuid", "0470 00 02 03",
             "lotte.vermeulen@ravelijn.example", "", ("nl", "de")),
    )),
    Person("Saskia de Wit", "saskia.dewit@anker.example", (
        Post("anker", ("counsellor",), "", "06 0000 0301", "saskia.dewit@anker.example",
             "06 0000 0301", ("nl", "en"), founder=True),
        Post("zonnedael", ("counsellor",), "", "06 0000 0301", "saskia.dewit@anker.example",
             "06 0000 0301", ("nl", "en"), "Bureau Anker", founder=True),
        Post("technohal", ("counsellor",), "", "06 0000 0301", "saskia.dewit@anker.example",
             "06 0000 0301", ("nl", "en"), "Bureau Anker", founder=True),
        Post("ravelijn", ("outside_counsellor",), "", "06 0000 0301",
             "saskia.dewit@anker.example", "", ("nl", "en"), "Bureau Anker"),
    )),
    Person("Ruben Hoekstra", "ruben.hoekstra@anker.example", (
        Post("anker", ("counsellor",), "", "06 0000 0302", "ruben.hoekstra@anker.example",
             "06 0000 0302", ("nl", "de")),
        Post("zonnedael", ("counsellor",), "", "06 0000 0302", "ruben.hoekstra@anker.example",
             "06 0000 0302", ("nl", "de"), "Bureau Anker", founder=True),
        Post("technohal", ("counsellor",), "", "06 0000 0302", "ruben.hoekstra@anker.example",
             "06 0000 0302", ("nl", "de"), "Bureau Anker", founder=True),
    )),
    Person("Els Verbeke", "els.verbeke@ravelijn.example", (
        Post("ravelijn", ("coordinator",)),
    )),
    Person("Joris Lemmens", "joris.lemmens@ravelijn.example", (
        Post("ravelijn", ("board",)),
    )),
    Person("Hanne Peeters", "hanne.peeters@ravelijn.example", (
        Post("ravelijn", ("staff",), "Provincie Oost"),
    )),
    Person("Wout Claes", "wout.claes@ravelijn.example", (
        Post("ravelijn", ("leader",), "Afdeling Eikenrode"),
    )),
    Person("Femke Daniels", "femke.daniels@ravelijn.example", (
        Post("ravelijn", ("on_call", "volunteer_coach")),
    )),
    Person("Yusuf Demir", "yusuf.demir@ravelijn.example", (
        Post("ravelijn", ("contact_person_elsewhere",)),
    )),
    Person("Bert Aerts", "bert.aerts@ravelijn.example", (
        Post("ravelijn", ("administrator",)),
    )),
    Person("Lieke van Dam", "lieke.vandam@anker.example", (
        Post("anker", ("coordinator", "administrator")),
    )),
    Person("Gijs Mulder", "gijs.mulder@anker.example", (
        Post("anker", ("director",)),
    )),
    Person("Marjan Kuipers", "marjan.kuipers@zonnedael.example", (
        Post("zonnedael", ("coordinator", "administrator")),
    )),
    Person("Hendrik Postma", "hendrik.postma@zonnedael.example", (
        Post("zonnedael", ("competent_authority", "director")),
    )),
    Person("Yara Bakker", "yara.bakker@zonnedael.example", (
        Post("zonnedael", ("manager",), "Locatie De Linde"),
    )),
    Person("Femmie Hofstra", "femmie.hofstra@zonnedael.example", (
        Post("zonnedael", ("complaints_committee", "chair")),
    )),
    Person("Otto Brink", "otto.brink@zonnedael.example", (
        Post("zonnedael", ("report_officer",)),
    )),
    Person("Nora Prins", "nora.prins@zonnedael.example", (
        Post("zonnedael", ("substitute_officer", "vice_chair")),
    )),
    Person("Thijs Zijlstra", "thijs.zijlstra@buitenpost.example", (
        Post("zonnedael", ("outside_counsellor", "outside_investigator"), "", "06 0000 0303",
             "thijs.zijlstra@buitenpost.example", "", ("nl",), "Buitenpost"),
        Post("technohal", ("outside_counsellor", "outside_investigator"), "", "06 0000 0303",
             "thijs.zijlstra@buitenpost.example", "", ("nl",), "Buitenpost"),
    )),
    Person("Aaltje Wiersma", "aaltje.wiersma@buitenpost.example", (
        Post("zonnedael", ("outside_officer", "outside_handler"), outside="Buitenpost"),
        Post("technohal", ("outside_officer", "outside_handler"), outside="Buitenpost"),
    )),
    Person("Jeroen Visser", "jeroen.visser@technohal.example", (
        Post("technohal", ("coordinator", "administrator")),
    )),
    Person("Ilse Brandsma", "ilse.brandsma@technohal.example", (
        Post("technohal", ("competent_authority", "director")),
    )),
    Person("Bas Kuiper", "bas.kuiper@technohal.example", (
        Post("technohal", ("manager",), "Werkplaats"),
    )),
    Person("Rinske de Boer", "rinske.deboer@technohal.example", (
        Post("technohal", ("complaints_committee", "chair")),
    )),
    Person("Daan Schut", "daan.schut@technohal.example", (
        Post("technohal", ("report_officer",)),
    )),
    Person("Mirjam Vos", "mirjam.vos@technohal.example", (
        Post("technohal", ("substitute_officer", "vice_chair")),
    )),
    Person("Amina El Idrissi", "amina.elidrissi@debrug.example", (
        Post("de-brug", ("counsellor",), "", "0470 00 04 01", "amina.elidrissi@debrug.example",
             "0470 00 04 01", ("nl", "fr", "ar"), founder=True),
    )),
    Person("Koen Wouters", "koen.wouters@debrug.example", (
        Post("de-brug", ("responsible",), "Buurthuis Noord", "0470 00 04 02",
             "koen.wouters@debrug.example"),
    )),
    Person("Fien Goossens", "fien.goossens@debrug.example", (
        Post("de-brug", ("responsible",), "Buurthuis Haven", "0470 00 04 03",
             "fien.goossens@debrug.example"),
    )),
    Person("Katrien Daems", "katrien.daems@luisterpost.example", (
        Post("de-brug", ("outside_counsellor",), "", "0470 00 04 04",
             "katrien.daems@luisterpost.example", "", ("nl", "fr"), "Luisterpost"),
    )),
    Person("Dirk Mertens", "dirk.mertens@debrug.example", (
        Post("de-brug", ("director",)),
    )),
    Person("Dorien Claeys", "dorien.claeys@debrug.example", (
        Post("de-brug", ("complaint_delegate", "report_officer")),
    )),
    Person("Hilde Raes", "hilde.raes@debrug.example", (
        Post("de-brug", ("line_manager", "volunteer_coach")),
    )),
    Person("Quinten Bauwens", "quinten.bauwens@debrug.example", (
        Post("de-brug", ("quality_officer", "substitute_officer")),
    )),
    Person("Karel Nys", "karel.nys@luisterpost.example", (
        Post("de-brug", ("outside_handler", "outside_officer"), outside="Luisterpost"),
    )),
    Person("Vera Lauwers", "vera.lauwers@debrug.example", (
        Post("de-brug", ("vice_chair",)),
    )),
    Person("Sofie Baert", "sofie.baert@debrug.example", (
        Post("de-brug", ("coordinator",)),
    )),
    Person("Paul Segers", "paul.segers@debrug.example", (
        Post("de-brug", ("chair",)),
    )),
    Person("Rita Coppens", "rita.coppens@debrug.example", (
        Post("de-brug", ("board",)),
    )),
    Person("Milan Jacobs", "milan.jacobs@debrug.example", (
        Post("de-brug", ("staff",), "Buurthuis Noord"),
    )),
    Person("Lien Pauwels", "lien.pauwels@debrug.example", (
        Post("de-brug", ("volunteer",), "Buurthuis Haven"),
    )),
    Person("Jonas Willems", "jonas.willems@debrug.example", (
        Post("de-brug", ("intern",), "Buurthuis Noord"),
    )),
    Person("Nele Smets", "nele.smets@debrug.example", (
        Post("de-brug", ("administrator",)),
    )),
    Person("Griet Hermans", "griet.hermans@samenlevingsnet.example", (
        Post("samenlevingsnet", ("officer", "coordinator"), founder=True),
    )),
    Person("Wim Declerck", "wim.declerck@samenlevingsnet.example", (
        Post("samenlevingsnet", ("board",)),
    )),
    Person("Stijn Lambrecht", "stijn.lambrecht@samenlevingsnet.example", (
        Post("samenlevingsnet", ("administrator",)),
    )),
)  # fmt: skip


def table() -> tuple[tuple[str, ...], ...]:
    """A row for each account and organisation: who, with what to sign in, as what, where."""
    names = {house.slug: house.name for house in HOUSES}
    return tuple(
        (person.name, person.mail, person.passphrase, ", ".join(post.roles), names[post.house])
        for person in PEOPLE
        for post in person.posts
    )
