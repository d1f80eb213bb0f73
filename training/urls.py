from django.urls import path

from core.views import urls_of
from training import pages, views

app_name = "training"
urlpatterns = [
    *urls_of(pages.COURSES, "courses/"),
    *urls_of(pages.CLASSES, "classes/"),
    path("classes/<int:pk>/enrol/", views.enrol_myself, name="trainingclass_enrol"),
    *urls_of(pages.ENROLMENTS, "enrolments/"),
    *urls_of(pages.ARTICLES, "articles/"),
]
