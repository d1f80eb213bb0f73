from django.urls import path

from hafei_crm.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
]
