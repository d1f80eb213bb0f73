"""What every file taken out of this app has in common: its entry in the log, its name."""

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.text import get_valid_filename

from core.models import ExportLog


def log_export(request: HttpRequest, name: str, count: int) -> None:
    """``name`` is that of the page in the addresses."""
    ExportLog.objects.create(by=request.user, list_name=name, query=request.get_full_path(), row_count=count)


def file_response(content: bytes, name: str, content_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, get_valid_filename(name))
    return response
