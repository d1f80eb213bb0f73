import os
from pathlib import Path

import polib


def compile_catalogues(root: Path) -> None:
    """Write each .mo that is older than its .po; GNU gettext is not needed."""
    for source in root.glob("locale/*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            part = target.with_suffix(f".{os.getpid()}.mo")
            polib.pofile(str(source)).save_as_mofile(str(part))
            part.replace(target)  # whole or not at all: test workers and the web start together
