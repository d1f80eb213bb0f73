from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.history import tracked
from core.search import Searchable, search_indexes
from users.models import User
from users.visibility import ReferenceQuerySet


class ArticleQuerySet(ReferenceQuerySet):
    """Everybody reads what is published; drafts are for those who write."""

    def visible_to(self, user):
        rows = super().visible_to(user)
        if user.scope_of(self.model, "change") is None:
            return rows.filter(status=Article.Status.PUBLISHED)
        return rows


@tracked("status", "title")
class Article(Searchable):
    """An article of the knowledge base."""

    class Kind(models.TextChoices):
        PRODUCT = "product", _("Product knowledge")
        POLICY = "policy", _("Policy")
        REPAIR = "repair", _("Repair guide")
        QUESTION = "question", _("Frequent question")

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")

    title = models.CharField(_("Title"), max_length=120)
    kind = models.CharField(_("Kind"), max_length=20, choices=Kind)
    body = models.TextField(_("Body text"))
    status = models.CharField(_("Status"), max_length=20, choices=Status, default=Status.DRAFT)
    author = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("Author"))
    changed_at = models.DateTimeField(_("Changed at"), auto_now=True)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("Article")
        verbose_name_plural = _("Articles")
        ordering = ["-changed_at", "-pk"]
        indexes = [*search_indexes("article")]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=["draft", "published"]), name="article_status_is_known")
        ]

    def __str__(self) -> str:
        return self.title
