from django.db import connection, models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext_lazy as _

from core.encryption import keyed_hashes
from core.history import append_only, tracked
from core.models import Binned
from core.search import Searchable, search_indexes
from customers.models.shares import SharedQuerySet
from dealers.models import Dealer
from users.models import Owned

IS_OWNED = Q(owner__isnull=False, pooled_at=None, merged_into=None, binned_at=None)
OWNED_FROM = Coalesce("owned_since", "created_at")
UNTOUCHED_SINCE = Greatest(OWNED_FROM, F("last_contact_at"))


def group_keys(customer_id: int) -> list[int]:
    """The keys of a company and of all its subsidiaries, theirs and the rows merged into them included."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH RECURSIVE tree(id) AS (SELECT %s::bigint UNION"
            " SELECT below.id FROM tree, LATERAL ("
            " SELECT id FROM customers_customer WHERE parent_id = tree.id AND merged_into_id IS NULL UNION ALL"
            " SELECT id FROM customers_customer WHERE merged_into_id = tree.id) below)"
            " SELECT id FROM tree",
            [customer_id],
        )
        return [key for (key,) in cursor.fetchall()]


class CustomerQuerySet(SharedQuerySet):
    customer_field = "pk"
    is_edited_with_customer = True

    def within(self, user, verb: str):
        """A row merged into another is shown to nobody: the other one stands for it."""
        return super().within(user, verb).filter(merged_into=None)

    def with_merged(self, *keys: int):
        """The customers and the rows merged into them: everything that was ever entered about them."""
        return self.filter(Q(pk__in=keys) | Q(merged_into__in=keys))

    def organisations(self):
        """Companies and authorities, which alone are key accounts."""
        return self.exclude(kind=Customer.Kind.PERSON)

    def with_id_number(self, number: str):
        return self.filter(id_number_hash__in=keyed_hashes(number))

    def with_phone(self, phone: str):
        return self.filter(Q(phone=phone) | Q(other_phone=phone))

    def owned(self):
        return self.filter(IS_OWNED)


class OfCustomerQuerySet(models.QuerySet):
    """Rows that are never changed, and so stay with the row of the customer for whom they were written."""

    def of_customer(self, customer_id: int):
        """Those of the customer and of the rows merged into him: the one way to add them up."""
        return self.filter(customer__in=Customer.objects.with_merged(customer_id).values("pk"))


@tracked("owner", "unit", "stage", "name", "phone", "parent", "level", "merged_into", "pooled_at")
class Customer(Binned, Searchable, Owned):
    class Kind(models.TextChoices):
        PERSON = "person", _("Person")
        COMPANY = "company", _("Company")
        GOVERNMENT = "government", _("Government")
        TAXI = "taxi", _("Taxi company")
        LEASING = "leasing", _("Leasing company")
        LOGISTICS = "logistics", _("Logistics company")
        GROUP_BUYER = "group_buyer", _("Group buyer")

    class Stage(models.TextChoices):
        """Potential before the first purchase, base while owning a car, lost when gone."""

        POTENTIAL = "potential", _("Potential customer")
        BASE = "base", _("Base customer")
        LOST = "lost", _("Lost customer")

    class Size(models.TextChoices):
        """As the statistics office tells enterprises apart."""

        MICRO = "micro", _("Micro enterprise")
        SMALL = "small", _("Small enterprise")
        MEDIUM = "medium", _("Medium enterprise")
        LARGE = "large", _("Large enterprise")

    class CareLevel(models.TextChoices):
        STANDARD = "standard", _("Standard care")
        IMPORTANT = "important", _("Important")
        VIP = "vip", _("VIP")

    class Level(models.TextChoices):
        """How closely the customer is worked; the rules of the public pool go by it."""

        A = "a", "A"
        B = "b", "B"
        C = "c", "C"

    KEPT_BY = ("purchases", "registrations", "opportunities", "subsidiaries")

    number = models.CharField(_("Number"), max_length=20, unique=True)
    name = models.CharField(_("Name"), max_length=80)
    name_pinyin = models.CharField(max_length=500, blank=True, editable=False)
    kind = models.CharField(_("Kind"), max_length=20, choices=Kind, default=Kind.PERSON)
    stage = models.CharField(_("Stage"), max_length=20, choices=Stage, default=Stage.POTENTIAL)
    level = models.CharField(_("Level"), max_length=1, choices=Level, default=Level.C)
    care_level = models.CharField(_("Care level"), max_length=20, choices=CareLevel, default=CareLevel.STANDARD)
    phone = models.CharField(_("Phone"), max_length=20)
    other_phone = models.CharField(_("Other phone"), max_length=20, blank=True)
    credit_code = models.CharField(_("Unified social credit code"), max_length=18, blank=True)
    credit_code_note = models.CharField(_("Why the code differs from the standard"), max_length=200, blank=True)
    id_number_cipher = models.TextField(_("ID number"), blank=True, editable=False)
    id_number_hash = models.CharField(max_length=64, blank=True, editable=False)
    website = models.URLField(_("Website"), blank=True)
    size = models.CharField(_("Enterprise size"), max_length=20, choices=Size, blank=True)
    division = models.CharField(_("Division"), max_length=6, blank=True)
    province = models.CharField(_("Province"), max_length=40, blank=True)
    city = models.CharField(_("City"), max_length=40, blank=True)
    district = models.CharField(_("County or district"), max_length=40, blank=True)
    address = models.CharField(_("Address"), max_length=200, blank=True)
    industry = models.CharField(_("Industry"), max_length=40, blank=True)
    source = models.ForeignKey(
        "customers.Source", models.PROTECT, null=True, blank=True, related_name="customers", verbose_name=_("Source")
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="subsidiaries", verbose_name=_("Parent company")
    )
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        editable=False,
        db_index=False,
        related_name="merged",
        verbose_name=_("Merged into"),
    )
    owned_since = models.DateTimeField(_("With this owner since"), null=True, editable=False)
    pooled_at = models.DateTimeField(_("In the public pool since"), null=True, editable=False)
    dealer = models.ForeignKey(
        Dealer, models.PROTECT, null=True, blank=True, related_name="customers", verbose_name=_("Dealer")
    )
    created_at = models.DateTimeField(_("Created at"), auto_now_add=True)
    last_contact_at = models.DateTimeField(_("Last contact"), null=True, blank=True)
    extra = models.JSONField(default=dict, blank=True)

    objects = CustomerQuerySet.as_manager()

    class Meta:
        verbose_name = _("Customer")
        verbose_name_plural = _("Customers")
        ordering = ["-pk"]
        indexes = [
            *search_indexes("customer"),
            models.Index(fields=["-id"], condition=Q(binned_at=None, merged_into=None), name="customer_live"),
            models.Index(fields=["owner"]),
            models.Index(fields=["phone"]),
            models.Index(fields=["other_phone"], condition=~Q(other_phone=""), name="customer_by_other_phone"),
            models.Index(fields=["credit_code"], condition=~Q(credit_code=""), name="customer_by_credit_code"),
            models.Index(fields=["id_number_hash"], condition=~Q(id_number_hash=""), name="customer_by_id_number"),
            models.Index(fields=["name"]),
            models.Index(
                fields=["division"],
                condition=~Q(division=""),
                name="customer_by_division",
                opclasses=["varchar_pattern_ops"],
            ),
            models.Index(fields=["name_pinyin", "-id"]),
            models.Index(fields=["kind", "stage", "-id"]),
            models.Index(fields=["unit", "-id"]),
            models.Index(fields=["created_at"]),
            models.Index(fields=["merged_into"], condition=Q(merged_into__isnull=False), name="merged_customers"),
            models.Index(F("stage"), UNTOUCHED_SINCE, condition=IS_OWNED, name="customers_left_alone"),
            models.Index(F("stage"), OWNED_FROM, condition=IS_OWNED, name="customers_unsold"),
            models.Index(fields=["unit", "-pooled_at"], condition=Q(pooled_at__isnull=False), name="customers_in_pool"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(pooled_at=None) | Q(owner=None), name="customer_in_the_pool_belongs_to_nobody"
            ),
            models.CheckConstraint(
                condition=Q(stage__in=["potential", "base", "lost"]), name="customer_stage_is_known"
            ),
            models.CheckConstraint(condition=Q(level__in=["a", "b", "c"]), name="customer_level_is_known"),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="customer_is_not_its_own_parent"),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="customer_is_not_merged_into_itself"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_person(self) -> bool:
        return self.kind == self.Kind.PERSON


class PurchaseRecordQuerySet(OfCustomerQuerySet, SharedQuerySet):
    owner_field = "customer__owner"
    unit_field = "customer__unit"

    def of_group(self, customer_id: int):
        """Of the customer and everything below him in the account tree."""
        return self.filter(customer__in=group_keys(customer_id))


class PurchaseRecord(models.Model):
    """What a customer bought: a row per event, negative when taken back. ``source_key`` makes it happen once."""

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="purchases", verbose_name=_("Customer"))
    source_key = models.CharField(max_length=60, unique=True)
    text = models.CharField(_("Document"), max_length=120)
    on = models.DateField(_("Date"))
    car_count = models.IntegerField(_("Cars"), default=0)
    amount = models.DecimalField(_("Amount (yuan)"), max_digits=14, decimal_places=2)

    objects = PurchaseRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("Purchase record")
        verbose_name_plural = _("Purchase records")
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["-on", "-id"])]
        triggers = [append_only("purchase_record_append_only")]

    def __str__(self) -> str:
        return self.text
