"""The one page that belongs to no desk: is the server ready?"""

from django.db import connection
from django.http import HttpRequest, HttpResponse

from klankbord.web.access import PUBLIC, allow


@allow(PUBLIC)
def healthz(request: HttpRequest) -> HttpResponse:
    """200 and `ok` once the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")
