"""Founds the house of the tests and its neighbour in the data folder of the environment."""

from klankbord.config.founding import keyring_for_a_new_house


def main() -> None:
    """Found both, with the real costs of every key."""
    keyring_for_a_new_house()
    import django

    django.setup()
    from klankbord.config.serving import make_tables
    from klankbord.config.static import collect_static_when_stale
    from tests import given

    make_tables()
    given.ravelijn()
    given.the_neighbour()
    collect_static_when_stale()


if __name__ == "__main__":
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "klankbord.config.settings")
    os.umask(0o077)
    main()
