import analytics.wording
import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("contracts", "0001_initial"),
        ("core", "0001_bigrams"),
        ("dealers", "0001_initial"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("users", "0001_initial"),
        ("users", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="DealerScore",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "dealer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="scores",
                        to="dealers.dealer",
                        verbose_name="Dealer",
                    ),
                ),
                ("month", models.DateField(verbose_name="Month")),
                ("target_count", models.PositiveIntegerField(default=0, verbose_name="Target (cars)")),
                ("retail_count", models.IntegerField(default=0, verbose_name="Retailed")),
                ("wholesale_count", models.IntegerField(default=0, verbose_name="Invoiced")),
                (
                    "attainment",
                    models.DecimalField(decimal_places=4, max_digits=7, null=True, verbose_name="Attainment"),
                ),
                ("stock_count", models.PositiveIntegerField(default=0, verbose_name="Stock at the end of the month")),
                (
                    "coefficient",
                    models.DecimalField(
                        decimal_places=2, max_digits=8, null=True, verbose_name="Inventory coefficient"
                    ),
                ),
                (
                    "truth",
                    models.DecimalField(decimal_places=4, max_digits=7, null=True, verbose_name="Genuine retail"),
                ),
                (
                    "payment",
                    models.DecimalField(decimal_places=4, max_digits=7, null=True, verbose_name="Paid in time"),
                ),
                ("points", models.DecimalField(decimal_places=2, max_digits=5, null=True, verbose_name="Points")),
                ("rank", models.PositiveSmallIntegerField(null=True, verbose_name="Rank")),
                ("reckoned_at", models.DateTimeField(auto_now=True, verbose_name="Reckoned at")),
            ],
            options={
                "verbose_name": "Dealer score",
                "verbose_name_plural": "Dealer scorecard",
                "ordering": ["-month", "rank", "pk"],
                "indexes": [models.Index(fields=["-month", "rank", "dealer"], name="analytics_d_month_3e9ef2_idx")],
                "constraints": [
                    models.UniqueConstraint(fields=("dealer", "month"), name="one_score_per_dealer_and_month"),
                    models.CheckConstraint(
                        condition=models.Q(("month__day", 1)),
                        name="score_month_is_its_first_day",
                        violation_error_code="month",
                        violation_error_message="Enter a month such as 2026-11.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistorySource",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, unique=True, verbose_name="Name")),
                (
                    "kind",
                    models.CharField(
                        choices=[("company", "Company"), ("market", "Market")],
                        default="company",
                        max_length=10,
                        verbose_name="Kind",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="Created at")),
            ],
            options={
                "verbose_name": "History source",
                "verbose_name_plural": "History sources",
                "ordering": ["name", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["company", "market"])), name="history_source_kind_known"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TrendScheme",
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
                ("name", models.CharField(max_length=120, verbose_name="Name")),
                (
                    "measure",
                    models.CharField(
                        choices=[
                            ("retail", "Retail"),
                            ("wholesale", "Wholesale"),
                            ("leads", "New leads"),
                            ("history", "Sales history"),
                        ],
                        default="retail",
                        max_length=20,
                        verbose_name="Measure",
                    ),
                ),
                (
                    "dimension",
                    models.CharField(
                        choices=[
                            ("total", "Total"),
                            ("region", "Region"),
                            ("dealer", "Dealer"),
                            ("series", "Series"),
                            ("area", "Area"),
                            ("model", "Model"),
                            ("area_model", "Area and model"),
                        ],
                        default="total",
                        max_length=20,
                        verbose_name="Split by",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="analytics.historysource",
                        verbose_name="History source",
                    ),
                ),
                (
                    "horizon",
                    models.PositiveSmallIntegerField(
                        default=12,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(36),
                        ],
                        verbose_name="Months ahead",
                    ),
                ),
                ("is_nightly", models.BooleanField(default=True, verbose_name="Run every night")),
            ],
            options={
                "verbose_name": "Trend scheme",
                "verbose_name_plural": "Trend schemes",
                "ordering": ["name", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("measure", "history"), ("source__isnull", False)),
                            models.Q(("measure__in", ["retail", "wholesale", "leads"]), ("source", None)),
                            _connector="OR",
                        ),
                        name="only_history_has_a_source",
                        violation_error_code="source",
                        violation_error_message="Choose a source for the sales history; the other measures have none.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("horizon__gte", 1), ("horizon__lte", 36)),
                        name="trend_horizon_in_range",
                        violation_error_code="horizon",
                        violation_error_message="Enter a value from 1 to 36.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("owner", None)),
                        fields=("unit", "measure", "dimension", "source"),
                        name="one_standing_scheme_per_split",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ForecastRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "scheme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="runs",
                        to="analytics.trendscheme",
                        verbose_name="Trend scheme",
                    ),
                ),
                ("business_date", models.DateField(verbose_name="Business date")),
                ("data_until", models.DateField(null=True, verbose_name="Data up to month")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("running", "Running"),
                            ("completed", "Completed"),
                            ("unchanged", "Nothing new"),
                            ("failed", "Failed"),
                        ],
                        default="running",
                        max_length=20,
                        verbose_name="Status",
                    ),
                ),
                ("started_at", models.DateTimeField(verbose_name="Started at")),
                ("finished_at", models.DateTimeField(null=True, verbose_name="Finished at")),
                ("seconds", models.FloatField(null=True, verbose_name="Seconds")),
                ("series_count", models.PositiveIntegerField(default=0, verbose_name="Number of series")),
                ("ended_count", models.PositiveIntegerField(default=0, verbose_name="Ended series")),
                (
                    "fallback_count",
                    models.PositiveIntegerField(default=0, verbose_name="Series with a simple forecast"),
                ),
                (
                    "fingerprint",
                    models.CharField(blank=True, help_text="Of the data, the scheme and the engine.", max_length=64),
                ),
            ],
            options={
                "verbose_name": "Forecast run",
                "verbose_name_plural": "Forecast runs",
                "ordering": ["-business_date", "-pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("scheme", "business_date"), name="one_run_per_scheme_and_date"),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["running", "completed", "unchanged", "failed"])),
                        name="forecast_run_status_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ForecastSeries",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="series",
                        to="analytics.forecastrun",
                        verbose_name="Forecast run",
                    ),
                ),
                ("key", models.CharField(max_length=200)),
                ("label", models.CharField(max_length=200, verbose_name="Series of figures")),
                (
                    "words",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=80), default=list, size=None
                    ),
                ),
                (
                    "family",
                    models.CharField(choices=analytics.wording.family_choices, max_length=20, verbose_name="Family"),
                ),
                (
                    "model_name",
                    models.CharField(
                        choices=analytics.wording.model_choices, max_length=120, verbose_name="Forecast method"
                    ),
                ),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("better", "Better than last year's month"),
                            ("worse", "No better than last year's month"),
                            ("untested", "Too short for a test"),
                            ("ended", "Ended, not forecast"),
                        ],
                        max_length=20,
                        verbose_name="Backtest",
                    ),
                ),
                ("wape", models.FloatField(null=True, verbose_name="Error in the backtest")),
                ("naive_wape", models.FloatField(null=True, verbose_name="Error of last year's month")),
                ("bias", models.FloatField(null=True, verbose_name="Bias in the backtest")),
                ("is_ended", models.BooleanField(default=False, verbose_name="Ended")),
                ("start", models.DateField(verbose_name="First month")),
                ("last_sold_in", models.DateField(null=True, verbose_name="Last sale in month")),
                ("history", django.contrib.postgres.fields.ArrayField(base_field=models.FloatField(), size=None)),
                ("last_year", models.FloatField(verbose_name="Sold in the last 12 months")),
                ("next_year", models.FloatField(null=True, verbose_name="Forecast for the next 12 months")),
            ],
            options={
                "verbose_name": "Forecast series",
                "verbose_name_plural": "Forecast series",
                "ordering": ["-last_year", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("run", "key"), name="one_series_per_run_and_key"),
                    models.CheckConstraint(
                        condition=models.Q(("is_ended", False), ("next_year__isnull", True), _connector="OR"),
                        name="ended_series_is_not_forecast",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ForecastValue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "series",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="values",
                        to="analytics.forecastseries",
                    ),
                ),
                ("month", models.DateField(verbose_name="Month")),
                ("mean", models.FloatField(verbose_name="Forecast")),
                ("lower80", models.FloatField()),
                ("upper80", models.FloatField()),
                ("lower95", models.FloatField()),
                ("upper95", models.FloatField()),
            ],
            options={
                "verbose_name": "Forecast value",
                "verbose_name_plural": "Forecast values",
                "ordering": ["month", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("series", "month"), name="one_value_per_series_and_month"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("lower95__lte", models.F("lower80")),
                            ("lower80__lte", models.F("upper80")),
                            ("upper80__lte", models.F("upper95")),
                        ),
                        name="value_bands_are_nested",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RetailFinding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "retail",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="findings",
                        to="contracts.retail",
                        verbose_name="Retail sale",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("claimed_elsewhere", "Claimed elsewhere"),
                            ("out_of_area", "Customer outside the area"),
                            ("same_phone", "Same phone on many sales"),
                            ("month_end", "Bulge at the end of the month, then returned"),
                        ],
                        max_length=20,
                        verbose_name="Kind",
                    ),
                ),
                ("evidence", models.JSONField(default=list)),
                ("found_on", models.DateField(verbose_name="Found on")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("genuine", "Genuine"),
                            ("out_of_area", "Genuine, outside the area"),
                            ("false", "False report"),
                        ],
                        default="open",
                        max_length=20,
                        verbose_name="Status",
                    ),
                ),
            ],
            options={
                "verbose_name": "Doubtful retail sale",
                "verbose_name_plural": "Doubtful retail sales",
                "ordering": ["-pk"],
                "indexes": [models.Index(fields=["status", "-id"], name="analytics_r_status_ea331f_idx")],
                "constraints": [
                    models.UniqueConstraint(fields=("retail", "kind"), name="one_finding_per_retail_and_kind"),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["open", "genuine", "out_of_area", "false"])),
                        name="finding_status_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RetailFindingEvent",
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
                        to="analytics.retailfinding",
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
                            ("open", "Open"),
                            ("genuine", "Genuine"),
                            ("out_of_area", "Genuine, outside the area"),
                            ("false", "False report"),
                        ],
                        default="open",
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
            name="SalesHistory",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rows",
                        to="analytics.historysource",
                        verbose_name="History source",
                    ),
                ),
                ("month", models.DateField(verbose_name="Month")),
                ("area", models.CharField(max_length=60, verbose_name="Area")),
                ("maker", models.CharField(blank=True, max_length=60, verbose_name="Maker")),
                ("model", models.CharField(max_length=60, verbose_name="Model")),
                ("colour", models.CharField(blank=True, max_length=40, verbose_name="Colour")),
                (
                    "price_amount",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="Price (yuan)"
                    ),
                ),
                ("quantity", models.IntegerField(verbose_name="Quantity")),
                (
                    "amount",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=20, null=True, verbose_name="Amount (yuan)"
                    ),
                ),
            ],
            options={
                "verbose_name": "Sales history",
                "verbose_name_plural": "Sales history",
                "ordering": ["-month", "pk"],
                "indexes": [models.Index(fields=["source", "area", "model", "month"], name="history_of_a_series")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("source", "month", "area", "model", "maker", "colour", "price_amount"),
                        name="one_history_row_per_key",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("month__day", 1)),
                        name="history_month_is_its_first_day",
                        violation_error_code="month",
                        violation_error_message="Enter a month such as 2026-11.",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="trendscheme",
            name="published_run",
            field=models.OneToOneField(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="published_for",
                to="analytics.forecastrun",
                verbose_name="Published run",
            ),
        ),
    ]
