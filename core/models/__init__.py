from core.models.lists import ExportLog, ListPreference
from core.models.status import StatusChange

__all__ = ["ExportLog", "ListPreference", "StatusChange"]
