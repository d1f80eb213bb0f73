from core.pages import Pages, Panel
from inventory import actions, filters, forms, tables, timeline
from inventory.models import Certificate, Movement, Vehicle

VEHICLES = Pages(
    table=tables.VEHICLES,
    filters=filters.VehicleFilter,
    form=forms.VehicleForm,
    update=actions.change_vehicle,
    key_figures=("state", "dealer__name", "produced_on", "certificate__number"),
    timeline=timeline.of_vehicle,
    panels=(
        Panel(
            Movement._meta.verbose_name_plural,
            tables.MOVEMENTS,
            lambda vehicle, user: Movement.objects.visible_to(user).filter(vehicle=vehicle),
        ),
        Panel(
            Certificate._meta.verbose_name_plural,
            tables.CERTIFICATES,
            lambda vehicle, user: Certificate.objects.visible_to(user).filter(vehicle=vehicle),
            "inventory:certificate_detail",
        ),
    ),
    only=frozenset({"list", "detail", "edit"}),
)
MOVEMENTS = Pages(table=tables.MOVEMENTS, filters=filters.MovementFilter, only=frozenset({"list"}))
CERTIFICATES = Pages(
    table=tables.CERTIFICATES,
    filters=filters.CertificateFilter,
    form=forms.CertificateForm,
    update=actions.hand_certificate,
    only=frozenset({"list", "detail", "edit"}),
)
WAREHOUSES = Pages(
    table=tables.WAREHOUSES,
    filters=filters.WarehouseFilter,
    form=forms.WarehouseForm,
    create=actions.add_warehouse,
    update=actions.change_warehouse,
    panels=(
        Panel(
            Vehicle._meta.verbose_name_plural,
            tables.VEHICLES,
            lambda warehouse, user: Vehicle.objects.visible_to(user).filter(warehouse=warehouse),
            "inventory:vehicle_detail",
        ),
    ),
)

PAGES = (VEHICLES, MOVEMENTS, CERTIFICATES, WAREHOUSES)
