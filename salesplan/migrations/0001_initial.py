import datetime
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0001_bigrams"),
        ("dealers", "0001_initial"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("products", "0001_initial"),
        ("users", "0001_initial"),
        ("users", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Forecast",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("scope_key", models.CharField(max_length=200, verbose_name="Series key")),
                ("label", models.CharField(max_length=200, verbose_name="Series")),
                (
                    "series",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="products.series",
                        verbose_name="Series of cars",
                    ),
                ),
                ("is_of_own_sales", models.BooleanField(default=False, verbose_name="Of own sales")),
                ("month", models.DateField(verbose_name="Month")),
                ("mean", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="Forecast")),
                ("lower80", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="Lower 80 %")),
                ("upper80", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="Upper 80 %")),
                ("lower95", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="Lower 95 %")),
                ("upper95", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="Upper 95 %")),
                ("model", models.CharField(max_length=60, verbose_name="Model")),
                ("run_reference", models.BigIntegerField(verbose_name="Run")),
                ("published_at", models.DateTimeField(verbose_name="Published at")),
            ],
            options={
                "verbose_name": "Forecast",
                "verbose_name_plural": "Forecasts",
                "ordering": ["label", "month", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("scope_key", "month"), name="one_forecast_per_series_and_month"),
                    models.CheckConstraint(
                        condition=models.Q(("month__day", 1)),
                        name="forecast_month_is_its_first_day",
                        violation_error_code="month",
                        violation_error_message="Enter a month such as 2026-11.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("lower80__lte", models.F("upper80")),
                            ("lower95__lte", models.F("lower80")),
                            ("upper80__lte", models.F("upper95")),
                        ),
                        name="forecast_bands_are_nested",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SalesPlan",
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
                ("number", models.CharField(max_length=20, unique=True, verbose_name="Number")),
                ("month", models.DateField(verbose_name="Month")),
                ("version", models.PositiveSmallIntegerField(default=1, verbose_name="Version")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("approved", "Approved"),
                            ("published", "Published"),
                            ("superseded", "Superseded"),
                        ],
                        default="draft",
                        max_length=20,
                        verbose_name="Status",
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="Note")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="Created at")),
            ],
            options={
                "verbose_name": "Sales plan",
                "verbose_name_plural": "Sales plans",
                "ordering": ["-month", "-version", "-pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("month", "version"), name="unique_version_of_sales_plan"),
                    models.UniqueConstraint(
                        condition=models.Q(("status", "published")),
                        fields=("month",),
                        name="one_published_sales_plan_per_month",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("month__day", 1)),
                        name="sales_plan_month_is_its_first_day",
                        violation_error_code="month",
                        violation_error_message="Enter a month such as 2026-11.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["draft", "submitted", "approved", "published", "superseded"])
                        ),
                        name="sales_plan_status_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProductionPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=20, unique=True, verbose_name="Number")),
                ("month", models.DateField(verbose_name="Month")),
                (
                    "sales_plan",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="production_plan",
                        to="salesplan.salesplan",
                        verbose_name="Sales plan",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("draft", "Draft"), ("released", "Released"), ("completed", "Completed")],
                        default="draft",
                        max_length=20,
                        verbose_name="Status",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="Created at")),
            ],
            options={
                "verbose_name": "Production plan",
                "verbose_name_plural": "Production plans",
                "ordering": ["-month", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ["draft", "released"])),
                        fields=("month",),
                        name="one_open_production_plan_per_month",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("month__day", 1)),
                        name="production_plan_month_is_its_first_day",
                        violation_error_code="month",
                        violation_error_message="Enter a month such as 2026-11.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["draft", "released", "completed"])),
                        name="production_plan_status_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProductionPlanEvent",
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
                        to="salesplan.productionplan",
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
                ("month", models.DateField(verbose_name="Month")),
                (
                    "status",
                    models.CharField(
                        choices=[("draft", "Draft"), ("released", "Released"), ("completed", "Completed")],
                        default="draft",
                        max_length=20,
                        verbose_name="Status",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ProductionPlanLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="salesplan.productionplan",
                        verbose_name="Production plan",
                    ),
                ),
                (
                    "sku",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="production_lines",
                        to="products.sku",
                        verbose_name="SKU",
                    ),
                ),
                ("demand_count", models.PositiveIntegerField(verbose_name="Planned sales")),
                ("stock_count", models.PositiveIntegerField(verbose_name="Free factory stock")),
                ("quantity", models.PositiveIntegerField(verbose_name="Cars to build")),
                ("produced_count", models.PositiveIntegerField(default=0, verbose_name="Built")),
            ],
            options={
                "verbose_name": "Production plan line",
                "verbose_name_plural": "Production plan lines",
                "ordering": ["plan_id", "sku_id", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "sku"), name="unique_line_of_production_plan"),
                    models.CheckConstraint(
                        condition=models.Q(("produced_count__lte", models.F("quantity"))),
                        name="never_more_built_than_planned",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProductionPlanLineEvent",
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
                        to="salesplan.productionplanline",
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
                ("quantity", models.PositiveIntegerField(verbose_name="Cars to build")),
                ("produced_count", models.PositiveIntegerField(default=0, verbose_name="Built")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Quota",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="quotas",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Salesperson",
                    ),
                ),
                ("month", models.DateField(verbose_name="Month")),
                ("target_count", models.PositiveIntegerField(verbose_name="Target (cars)")),
                (
                    "target_amount",
                    models.DecimalField(decimal_places=2, default=0, max_digits=14, verbose_name="Target (yuan)"),
                ),
            ],
            options={
                "verbose_name": "Quota",
                "verbose_name_plural": "Quotas",
                "ordering": ["-month", "user_id", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("user", "month"), name="one_quota_per_person_and_month"),
                    models.CheckConstraint(
                        condition=models.Q(("month__day", 1)),
                        name="quota_month_is_its_first_day",
                        violation_error_code="month",
                        violation_error_message="Enter a month such as 2026-11.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("target_amount__gte", 0)),
                        name="quota_amount_not_negative",
                        violation_error_code="target_amount",
                        violation_error_message="Enter zero or more.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="QuotaEvent",
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
                        to="salesplan.quota",
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
                    "user",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Salesperson",
                    ),
                ),
                ("month", models.DateField(verbose_name="Month")),
                ("target_count", models.PositiveIntegerField(verbose_name="Target (cars)")),
                (
                    "target_amount",
                    models.DecimalField(decimal_places=2, default=0, max_digits=14, verbose_name="Target (yuan)"),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ReportTemplate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("day", "Daily report"), ("week", "Weekly report"), ("month", "Monthly report")],
                        max_length=10,
                        verbose_name="Kind",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("salesman", "Salesman"),
                            ("dealer_salesman", "Dealer salesman"),
                            ("dealer_manager", "Dealer manager"),
                            ("regional_manager", "Regional manager"),
                        ],
                        max_length=40,
                        verbose_name="Role",
                    ),
                ),
                (
                    "due_after_days",
                    models.PositiveSmallIntegerField(
                        default=0,
                        help_text="0 is the last day itself, 1 the Monday after a week, 3 the third of the next month; a day of rest moves it to the next working day.",
                        verbose_name="Due days after the period",
                    ),
                ),
                ("due_at", models.TimeField(default=datetime.time(20, 0), verbose_name="Due at")),
                (
                    "is_required",
                    models.BooleanField(
                        default=True,
                        help_text="Otherwise nobody is reminded of it or named as missing.",
                        verbose_name="Has to be handed in",
                    ),
                ),
            ],
            options={
                "verbose_name": "Report template",
                "verbose_name_plural": "Report templates",
                "ordering": ["role", "kind", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "role"),
                        name="one_report_template_per_kind_and_role",
                        violation_error_message="This role has a template of this kind already. Change that one.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["day", "week", "month"])), name="template_kind_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("due_after_days__gte", 0), ("due_after_days__lte", 20)),
                        name="report_is_due_within_20_days",
                        violation_error_code="due_after_days",
                        violation_error_message="Enter a value from 0 to 20.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportSection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "template",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sections",
                        to="salesplan.reporttemplate",
                        verbose_name="Template",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="Position")),
                (
                    "part",
                    models.CharField(
                        choices=[("summary", "Summary of this period"), ("plan", "Plan for the next period")],
                        max_length=10,
                        verbose_name="Part",
                    ),
                ),
                ("title", models.CharField(max_length=60, verbose_name="Heading")),
                ("prompt", models.CharField(blank=True, max_length=200, verbose_name="Prompt")),
                ("is_required", models.BooleanField(default=True, verbose_name="Must be filled")),
            ],
            options={
                "verbose_name": "Section",
                "verbose_name_plural": "Sections",
                "ordering": ["template_id", "position", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("template", "position"), name="unique_section_of_template"),
                    models.CheckConstraint(
                        condition=models.Q(("part__in", ["summary", "plan"])), name="section_part_is_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SalesPlanEvent",
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
                        to="salesplan.salesplan",
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
                ("month", models.DateField(verbose_name="Month")),
                ("version", models.PositiveSmallIntegerField(default=1, verbose_name="Version")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("approved", "Approved"),
                            ("published", "Published"),
                            ("superseded", "Superseded"),
                        ],
                        default="draft",
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
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SalesPlanLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="salesplan.salesplan",
                        verbose_name="Sales plan",
                    ),
                ),
                (
                    "dealer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plan_lines",
                        to="dealers.dealer",
                        verbose_name="Dealer",
                    ),
                ),
                (
                    "sku",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plan_lines",
                        to="products.sku",
                        verbose_name="SKU",
                    ),
                ),
                ("quantity", models.PositiveIntegerField(verbose_name="Planned cars")),
            ],
            options={
                "verbose_name": "Sales plan line",
                "verbose_name_plural": "Sales plan lines",
                "ordering": ["plan_id", "dealer_id", "sku_id", "pk"],
                "indexes": [models.Index(fields=["dealer", "sku"], name="salesplan_s_dealer__e30230_idx")],
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "dealer", "sku"), name="unique_line_of_sales_plan"),
                    models.CheckConstraint(
                        condition=models.Q(("quantity__gt", 0)),
                        name="sales_plan_line_has_cars",
                        violation_error_code="quantity",
                        violation_error_message="Enter more than zero.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SalesPlanLineEvent",
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
                        to="salesplan.salesplanline",
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
                    "dealer",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="dealers.dealer",
                        verbose_name="Dealer",
                    ),
                ),
                (
                    "sku",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="products.sku",
                        verbose_name="SKU",
                    ),
                ),
                ("quantity", models.PositiveIntegerField(verbose_name="Planned cars")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="WorkReport",
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
                (
                    "kind",
                    models.CharField(
                        choices=[("day", "Daily report"), ("week", "Weekly report"), ("month", "Monthly report")],
                        max_length=10,
                        verbose_name="Kind",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="Period from")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Handed in"),
                            ("returned", "Returned"),
                            ("reviewed", "Reviewed"),
                        ],
                        default="draft",
                        max_length=20,
                        verbose_name="Status",
                    ),
                ),
                ("due_at", models.DateTimeField(verbose_name="Due at")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="Created at")),
                ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="Handed in at")),
                ("figures", models.JSONField(blank=True, default=dict, verbose_name="Counted figures")),
                (
                    "reviewer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Reviewer",
                    ),
                ),
                ("reviewed_at", models.DateTimeField(blank=True, null=True, verbose_name="Reviewed at")),
                (
                    "mark",
                    models.CharField(
                        blank=True,
                        choices=[("a", "A · excellent"), ("b", "B · good"), ("c", "C · fair"), ("d", "D · poor")],
                        max_length=1,
                        verbose_name="Mark",
                    ),
                ),
                ("review", models.TextField(blank=True, verbose_name="Comment of the reviewer")),
                ("answer", models.TextField(blank=True, verbose_name="Answer of the author")),
            ],
            options={
                "verbose_name": "Work report",
                "verbose_name_plural": "Work reports",
                "ordering": ["-starts_on", "-pk"],
                "indexes": [
                    models.Index(fields=["kind", "starts_on"], name="salesplan_w_kind_5aee2f_idx"),
                    models.Index(
                        condition=models.Q(("status", "submitted")),
                        fields=["reviewer"],
                        name="work_report_awaiting_review",
                    ),
                    models.Index(fields=["unit", "-starts_on"], name="salesplan_w_unit_id_d59784_idx"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("owner", "kind", "starts_on"), name="one_work_report_per_person_kind_and_period"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["draft", "submitted", "returned", "reviewed"])),
                        name="work_report_status_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["day", "week", "month"])), name="work_report_kind_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("owner__isnull", False)),
                        name="work_report_has_an_author",
                        violation_error_code="owner",
                        violation_error_message="This field is required.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("mark__in", ["", "a", "b", "c", "d"])), name="work_report_mark_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "reviewed"), _negated=True),
                            models.Q(("mark", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="reviewed_report_has_a_mark",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status", "draft"), ("submitted_at__isnull", False), _connector="OR"),
                        name="handed_in_report_says_when",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkReportEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="entries",
                        to="salesplan.workreport",
                        verbose_name="Work report",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="Position")),
                (
                    "part",
                    models.CharField(
                        choices=[("summary", "Summary of this period"), ("plan", "Plan for the next period")],
                        max_length=10,
                        verbose_name="Part",
                    ),
                ),
                ("title", models.CharField(max_length=60, verbose_name="Heading")),
                ("prompt", models.CharField(blank=True, max_length=200, verbose_name="Prompt")),
                ("is_required", models.BooleanField(default=True, verbose_name="Must be filled")),
                ("text", models.TextField(blank=True, verbose_name="Text")),
            ],
            options={
                "verbose_name": "Entry",
                "verbose_name_plural": "Entries",
                "ordering": ["report_id", "position", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("report", "position"), name="unique_entry_of_work_report")
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkReportEvent",
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
                        to="salesplan.workreport",
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
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Handed in"),
                            ("returned", "Returned"),
                            ("reviewed", "Reviewed"),
                        ],
                        default="draft",
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
                    "mark",
                    models.CharField(
                        blank=True,
                        choices=[("a", "A · excellent"), ("b", "B · good"), ("c", "C · fair"), ("d", "D · poor")],
                        max_length=1,
                        verbose_name="Mark",
                    ),
                ),
                ("figures", models.JSONField(blank=True, default=dict, verbose_name="Counted figures")),
            ],
            options={
                "abstract": False,
            },
        ),
    ]
