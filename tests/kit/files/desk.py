"""A counter with one form: a story and a file. It says back what reached it."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path

from klankbord.kit.files.handler import SealedUpload


def post(request: HttpRequest) -> HttpResponse:
    """Keeps the files when the form says so; raises when the form says that."""
    files = [upload for _, found in request.FILES.lists() for upload in found]
    assert all(isinstance(upload, SealedUpload) for upload in files)
    if "raise" in request.POST:
        raise RuntimeError
    seals = [upload.keep() for upload in files if "keep" in request.POST and not upload.problem]
    return JsonResponse(
        {
            "before": request.POST.get("before"),
            "after": request.POST.get("after"),
            "problems": [upload.problem for upload in files],
            "kinds": [upload.kind for upload in files],
            "names": [upload.name for upload in files],
            "seals": [
                {"id": str(s.id), "key": s.key.hex(), "size": s.size, "digest": s.digest.hex()}
                for s in seals
            ],
        }
    )


urlpatterns = [path("counter/", post)]
