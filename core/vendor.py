from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage


class VendorStorage(FileSystemStorage):
    prefix = ""

    def path(self, name: str) -> str:
        return str(Path(self.location) / settings.VENDOR_FILES[name])


class VendorFinder(BaseFinder):
    """Serves exactly the files of node_modules that VENDOR_FILES names, and nothing else of those packages."""

    def find(self, path: str, find_all: bool = False) -> str | list[str]:
        source = settings.VENDOR_FILES.get(path)
        found = [str(settings.VENDOR_ROOT / source)] if source and (settings.VENDOR_ROOT / source).exists() else []
        return found if find_all else (found or [[]])[0]

    def list(self, ignore_patterns: list[str] | None):
        storage = VendorStorage(location=settings.VENDOR_ROOT)
        return ((name, storage) for name in settings.VENDOR_FILES)
