from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Permission


class RoleBackend(ModelBackend):
    """Rights come from roles alone: nobody is given one of his own, so no page asks for them."""

    def _get_user_permissions(self, user_obj):
        return Permission.objects.none()
