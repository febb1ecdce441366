"""The `klankbord` command: `klankbord --help` lists what it does."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import django
from django.core.exceptions import ImproperlyConfigured

from klankbord.config.procedures import add_procedure_commands

LOOPBACK = "127.0.0.1"
WHAT = "A sealed line for reports: found it, serve it, look after it."
FOUNDING = (
    ("--slug", False, "its name in the address: /slug/"),
    ("--name", False, "its name for people"),
    ("--profile", False, "the kind it is: library/profiles"),
    ("--telephone", False, "its own permanence number"),
    ("--person", False, "who founds it"),
    ("--mail", False, "the founder's mail address"),
    ("--second-person", False, "who founds it too, where two people vouch for each key"),
    ("--second-mail", False, "the second founder's mail address"),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one subcommand. Returns the exit status: 0, or 2 with one sentence on stderr."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    options, rest = command_line().parse_known_args(words)
    if rest and options.command != "manage":
        command_line().parse_args(words)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "klankbord.config.settings")
    os.umask(0o077)  # what is written in the data folder is its owner's alone
    try:
        status: int = options.run(options)
    except ImproperlyConfigured as refused:
        print(f"klankbord: {refused}", file=sys.stderr)
        return 2
    return status


def command_line() -> argparse.ArgumentParser:
    """All subcommands and their options."""
    parser = argparse.ArgumentParser(prog="klankbord", description=WHAT)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    demo = commands.add_parser("demo", help="found the fictitious organisations and serve them")
    demo.add_argument("--data", type=Path, default=Path(".demo"), help="its folder (.demo)")
    demo.add_argument("--port", type=int, default=8000, help="on 127.0.0.1 (8000)")
    demo.set_defaults(run=run_demo)

    serve = commands.add_parser("serve", help="serve what has been founded")
    serve.add_argument("--host", default=LOOPBACK, help="address to listen on (127.0.0.1)")
    serve.add_argument("--port", type=int, default=8000, help="port to listen on (8000)")
    serve.set_defaults(run=run_serve)

    found = commands.add_parser(
        "found", help="found an organisation and its first reader; without options in the browser"
    )
    for option, required, text in FOUNDING:
        found.add_argument(option, required=required, default="", help=text)
    found.add_argument("--country", default="BE", help="for its working days (BE)")
    found.add_argument("--role", action="append", help="the founder's role; may be repeated")
    found.add_argument("--host", default=LOOPBACK, help="for the browser (127.0.0.1)")
    found.add_argument("--port", type=int, default=8000, help="for the browser (8000)")
    found.set_defaults(run=run_found)

    founder = commands.add_parser(
        "founder", help="other keys for a founder who lost theirs and is alone"
    )
    founder.add_argument("--slug", required=True, help="the organisation's name in the address")
    founder.add_argument("--mail", required=True, help="with which the founder signed in")
    founder.add_argument("--new-mail", default="", help="to sign in with from now on")
    founder.add_argument("--digits", default="", help="of keys that are made already: name these")
    founder.set_defaults(run=run_founder)

    about = commands.add_parser("about", help="versions, and the inventory of the vault")
    about.set_defaults(run=run_about)

    verify = commands.add_parser("verify", help="check chains, keys and files; needs no passphrase")
    verify.set_defaults(run=run_verify)

    add_procedure_commands(commands.add_parser("procedure", help="list, show, prove, simulate"))

    migrate = commands.add_parser("migrate", help="bring the database's tables up to date")
    migrate.set_defaults(run=run_migrate)

    manage = commands.add_parser("manage", help="Django's own commands", add_help=False)
    manage.add_argument("words", nargs=argparse.REMAINDER)
    manage.set_defaults(run=run_manage)
    return parser


def run_demo(options: argparse.Namespace) -> int:
    os.environ["KLANKBORD_DATA"] = str(options.data)
    os.environ.setdefault("KLANKBORD_BASE_URL", f"http://{LOOPBACK}:{options.port}")
    from klankbord.config.founding import keyring_for_a_new_house

    keyring_for_a_new_house()
    django.setup()
    from klankbord.config.demo import found_demo
    from klankbord.config.serving import make_ready, serve

    make_ready(LOOPBACK, options.port)
    found_demo()
    serve(LOOPBACK, options.port)
    return 0


def run_serve(options: argparse.Namespace) -> int:
    os.environ.setdefault("KLANKBORD_BASE_URL", f"http://{LOOPBACK}:{options.port}")
    django.setup()
    from klankbord.config.addresses import print_addresses
    from klankbord.config.checks import something_is_founded
    from klankbord.config.serving import make_ready, serve

    make_ready(options.host, options.port)
    something_is_founded()
    print_addresses()
    serve(options.host, options.port)
    return 0


def run_found(options: argparse.Namespace) -> int:
    from klankbord.config.founding import keyring_for_a_new_house

    os.environ.setdefault("KLANKBORD_BASE_URL", f"http://{LOOPBACK}:{options.port}")
    keyring_for_a_new_house()
    django.setup()
    from klankbord.config.found import found
    from klankbord.config.serving import make_tables

    if any(getattr(options, name[2:].replace("-", "_")) for name, *_ in FOUNDING):
        make_tables()
        found(options)
        return 0
    from klankbord.config.first_run import invite_the_browser
    from klankbord.config.serving import make_ready, serve

    make_ready(options.host, options.port)
    invite_the_browser()
    serve(options.host, options.port, workers=1)
    return 0


def run_founder(options: argparse.Namespace) -> int:
    django.setup()
    from klankbord.config.founder import founder_again

    founder_again(options)
    return 0


def run_about(options: argparse.Namespace) -> int:
    django.setup()
    from klankbord.config.about import print_about

    print_about()
    return 0


def run_verify(options: argparse.Namespace) -> int:
    django.setup()
    from klankbord.config.verify import print_findings

    return print_findings()


def run_migrate(options: argparse.Namespace) -> int:
    django.setup()
    from klankbord.config.serving import make_tables

    make_tables()
    return 0


def run_manage(options: argparse.Namespace) -> int:
    from django.core.management import execute_from_command_line

    execute_from_command_line(["klankbord manage", *options.words])
    return 0
