import core.search
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0001_bigrams"),
        ("customers", "0001_initial"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("users", "0001_initial"),
        ("users", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Campaign",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Owner",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="users.unit",
                        verbose_name="Unit",
                    ),
                ),
                ("search_text", models.TextField(default="", editable=False)),
                ("number", models.CharField(max_length=20, unique=True, verbose_name="Number")),
                ("name", models.CharField(max_length=80, verbose_name="Name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("exhibition", "Motor show"),
                            ("roadshow", "Roadshow"),
                            ("test_drive", "Test drive event"),
                            ("advertising", "Advertising"),
                            ("online", "Online"),
                            ("promotion", "Sales promotion"),
                        ],
                        max_length=20,
                        verbose_name="Kind",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="Starts on")),
                ("ends_on", models.DateField(verbose_name="Last day")),
                ("place", models.CharField(blank=True, max_length=80, verbose_name="Place")),
                (
                    "budget_amount",
                    models.DecimalField(decimal_places=2, default=0, max_digits=14, verbose_name="Budget (yuan)"),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("planned", "Planned"), ("running", "Running"), ("finished", "Finished")],
                        default="planned",
                        max_length=20,
                        verbose_name="Status",
                    ),
                ),
            ],
            options={
                "verbose_name": "Campaign",
                "verbose_name_plural": "Campaigns",
                "ordering": ["-starts_on", "-pk"],
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        core.search.Bigrams("search_text"), name="campaign_search_pairs"
                    ),
                    models.Index(
                        django.contrib.postgres.indexes.OpClass(
                            django.db.models.functions.text.Left("search_text", 8), "text_pattern_ops"
                        ),
                        name="campaign_search_start",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                        name="campaign_ends_after_it_begins",
                        violation_error_code="ends_on",
                        violation_error_message="The last day lies before the first day.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("budget_amount__gte", 0)),
                        name="budget_not_negative",
                        violation_error_code="budget_amount",
                        violation_error_message="Enter zero or more.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["planned", "running", "finished"])),
                        name="campaign_status_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CampaignEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="marketing.campaign",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "status",
                    models.CharField(
                        choices=[("planned", "Planned"), ("running", "Running"), ("finished", "Finished")],
                        default="planned",
                        max_length=20,
                        verbose_name="Status",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Owner",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="users.unit",
                        verbose_name="Unit",
                    ),
                ),
                (
                    "budget_amount",
                    models.DecimalField(decimal_places=2, default=0, max_digits=14, verbose_name="Budget (yuan)"),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CampaignLead",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="campaign_leads",
                        to="marketing.campaign",
                        verbose_name="Campaign",
                    ),
                ),
                (
                    "lead",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="campaign_leads",
                        to="customers.lead",
                        verbose_name="Lead",
                    ),
                ),
                (
                    "added_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Added by",
                    ),
                ),
                ("added_at", models.DateTimeField(auto_now_add=True, verbose_name="Added at")),
            ],
            options={
                "verbose_name": "Campaign lead",
                "verbose_name_plural": "Campaign leads",
                "ordering": ["-pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("campaign", "lead"), name="one_entry_per_campaign_and_lead")
                ],
            },
        ),
        migrations.CreateModel(
            name="Expense",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="expenses",
                        to="marketing.campaign",
                        verbose_name="Campaign",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("venue", "Venue"),
                            ("media", "Media"),
                            ("material", "Material"),
                            ("gifts", "Gifts"),
                            ("staff", "Staff"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                        verbose_name="Kind",
                    ),
                ),
                ("amount", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="Amount (yuan)")),
                ("spent_on", models.DateField(verbose_name="Spent on")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="Note")),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Recorded by",
                    ),
                ),
            ],
            options={
                "verbose_name": "Expense",
                "verbose_name_plural": "Expenses",
                "ordering": ["-spent_on", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)),
                        name="expense_is_positive",
                        violation_error_code="amount",
                        violation_error_message="Enter more than zero.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ExpenseEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="marketing.expense",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "campaign",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="marketing.campaign",
                        verbose_name="Campaign",
                    ),
                ),
                ("amount", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="Amount (yuan)")),
                ("spent_on", models.DateField(verbose_name="Spent on")),
            ],
            options={
                "abstract": False,
            },
        ),
    ]
