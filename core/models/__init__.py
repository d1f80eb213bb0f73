from core.models.attachments import Attachment
from core.models.bin import Binned
from core.models.custom_fields import CustomField
from core.models.imports import ImportBatch
from core.models.jobs import Job
from core.models.lists import ExportLog, ListPreference, SavedView
from core.models.mail import OutgoingMail
from core.models.notices import Notice
from core.models.numbering import Counter
from core.models.reveals import RevealLog
from core.models.status import StatusChange
from core.models.undo import UndoOffer

__all__ = [
    "Attachment",
    "Binned",
    "Counter",
    "CustomField",
    "ExportLog",
    "ImportBatch",
    "Job",
    "ListPreference",
    "Notice",
    "OutgoingMail",
    "RevealLog",
    "SavedView",
    "StatusChange",
    "UndoOffer",
]
