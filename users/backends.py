from django.contrib.auth.backends import ModelBackend

from users.models import User


class RoleBackend(ModelBackend):
    """Rights come from roles alone; a page asks once for the person with his unit, and once for roles and rights."""

    def get_user(self, user_id):
        user = User.objects.select_related("unit").filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None

    def get_all_permissions(self, user_obj, obj=None):
        if not user_obj.is_active or user_obj.is_anonymous or obj is not None:
            return set()
        return user_obj.rights.permissions
