from typing import BinaryIO

from django.http import FileResponse

# A stored file is somebody's input: a browser must neither guess its type nor run anything in it.
GUARDS = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'; sandbox"}


def download(content: BinaryIO, *, name: str, media_type: str = "application/octet-stream") -> FileResponse:
    """A stored file as a download, never shown in the site's own origin."""
    return FileResponse(content, as_attachment=True, filename=name, content_type=media_type, headers=GUARDS)
