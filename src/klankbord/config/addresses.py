"""Where to go: the addresses printed when serving starts."""

from django.conf import settings

from klankbord.organisations.models import Organisation


def print_addresses() -> None:
    """One line per organisation, and where those who work with Klankbord sign in."""
    print(f"\nKlankbord answers on {settings.BASE_URL}/\n")
    for organisation in Organisation.objects.order_by("name"):
        print(f"  {organisation.name:<32} {settings.BASE_URL}/{organisation.slug}/")
    print(f"  {'Sign in':<32} {settings.BASE_URL}/inloggen/\n")
