from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from core.history import append_only
from customers.models.customers import Customer, OfCustomerQuerySet
from users.models import User
from users.visibility import OwnedQuerySet, ReferenceQuerySet


class Purpose(models.TextChoices):
    """What somebody agrees to, each by itself (PIPL articles 14 and 23)."""

    MARKETING_SMS = "marketing_sms", _("Marketing by SMS")
    MARKETING_EMAIL = "marketing_email", _("Marketing by e-mail")
    MARKETING_PHONE = "marketing_phone", _("Marketing by phone")
    SHARE_WITH_MAKER = "share_with_maker", _("Passing data on to the maker")
    SHARE_WITH_DEALERS = "share_with_dealers", _("Passing data on to other dealers")


class ConsentTextQuerySet(ReferenceQuerySet):
    def read_on(self, day):
        """Of each purpose the newest wording that is valid by then."""
        newest = ConsentText.objects.filter(valid_from__lte=day).order_by("purpose", "-valid_from", "-pk")
        return self.filter(pk__in=newest.distinct("purpose").values("pk"))


class ConsentText(models.Model):
    """What is read out or signed; a new wording is a new version, so that each consent keeps its own."""

    purpose = models.CharField(_("Purpose"), max_length=20, choices=Purpose)
    version = models.CharField(_("Version"), max_length=20)
    text = models.TextField(_("Text"))
    valid_from = models.DateField(_("Valid from"))

    objects = ConsentTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("Consent text")
        verbose_name_plural = _("Consent texts")
        ordering = ["purpose", "-valid_from", "-pk"]
        triggers = [append_only("consent_text_append_only")]
        constraints = [
            models.UniqueConstraint(fields=["purpose", "version"], name="one_consent_text_per_version"),
            models.CheckConstraint(condition=Q(purpose__in=Purpose.values), name="consent_purpose_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} {self.version}"


class ConsentQuerySet(OfCustomerQuerySet, OwnedQuerySet):
    owner_field = "customer__owner"
    unit_field = "customer__unit"

    def latest_of_each(self):
        """Of every customer, with the rows merged into him, and purpose the last word."""
        person = Coalesce("customer__merged_into", "customer")
        same = Consent.objects.alias(person=person).filter(
            person=OuterRef("person"), text__purpose=OuterRef("text__purpose")
        )
        return self.alias(person=person).filter(pk=Subquery(same.order_by("-pk").values("pk")[:1]))

    def given(self, purpose: str):
        """The consents in force for a purpose: who is not among their customers is not written to or called for it."""
        return self.latest_of_each().filter(text__purpose=purpose, is_given=True)


class Consent(models.Model):
    """One word of a customer about one purpose: given, or taken back. The last one counts."""

    class Channel(models.TextChoices):
        PAPER = "paper", _("Signed on paper")
        SHOWROOM = "showroom", _("Spoken in the showroom")
        PHONE = "phone", _("By phone")
        WECHAT = "wechat", _("By WeChat")
        WEB = "web", _("On the website")

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="consents", verbose_name=_("Customer"))
    text = models.ForeignKey(ConsentText, models.PROTECT, related_name="+", verbose_name=_("Consent text"))
    is_given = models.BooleanField(_("Given"), default=True)
    channel = models.CharField(_("Channel"), max_length=20, choices=Channel)
    proof = models.CharField(_("Proof"), max_length=200, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("Recorded by"))
    at = models.DateTimeField(_("At"), auto_now_add=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("Consent")
        verbose_name_plural = _("Consents")
        ordering = ["-pk"]
        triggers = [append_only("consent_append_only")]
        indexes = [models.Index(fields=["customer", "-id"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(channel__in=["paper", "showroom", "phone", "wechat", "web"]),
                name="consent_channel_is_known",
            )
        ]

    def __str__(self) -> str:
        return str(self.text)
