from django.urls import path

from core.administration import CUSTOM_FIELDS, EXPORTS, REVEALS
from core.views import attachments, jobs, notices, urls_of

app_name = "core"
urlpatterns = [
    *urls_of(EXPORTS, "exports/"),
    *urls_of(REVEALS, "reveals/"),
    *urls_of(CUSTOM_FIELDS, "custom-fields/"),
    path("attachments/add/<slug:app_label>/<slug:model>/<int:pk>/", attachments.attachment_add, name="attachment_add"),
    path("attachments/<int:pk>/", attachments.attachment_download, name="attachment_download"),
    path("attachments/<int:pk>/hide/", attachments.attachment_hide, name="attachment_hide"),
    path("jobs/", jobs.job_list, name="job_list"),
    path("jobs/<int:pk>/", jobs.job_detail, name="job_detail"),
    path("jobs/<int:pk>/cancel/", jobs.job_cancel, name="job_cancel"),
    path("jobs/<int:pk>/result/", jobs.job_result, name="job_result"),
    path("notices/", notices.notice_list, name="notice_list"),
    path("notices/<int:pk>/open/", notices.notice_open, name="notice_open"),
    path("notices/read-all/", notices.notice_read_all, name="notice_read_all"),
]
