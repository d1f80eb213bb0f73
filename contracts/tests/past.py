"""Invoices, retail sales and receipts of other days than today, made by the real steps and then dated."""

from datetime import date, timedelta

import pgtrigger

from contracts.models import Invoice, Receipt, Retail
from contracts.tests.factories import cars, make_order, make_prepayment, signed_contract
from dealers.models import Dealer
from inventory.models import Vehicle


def invoiced(dealer: Dealer, *days: date, **fields) -> list[Invoice]:
    """Cars of 38,000 yuan, each invoiced on its day; they came there by the real steps."""
    order = make_order(status="invoiced", contract=signed_contract(dealer=dealer), lines=[cars(len(days))], **fields)
    return [in_the_past(invoice, day) for invoice, day in zip(order.invoices.order_by("pk"), days, strict=True)]


def in_the_past(invoice: Invoice, day: date) -> Invoice:
    """Invoices are of today and never changed; the past is made by setting their trigger aside."""
    with pgtrigger.ignore("contracts.Invoice:invoice_append_only"):
        Invoice.objects.filter(pk=invoice.pk).update(invoiced_on=day)
    invoice.refresh_from_db()
    return invoice


def prepaid(day: date, **fields) -> Receipt:
    receipt = make_prepayment(**fields)
    with pgtrigger.ignore("contracts.Receipt:receipt_is_frozen"):
        Receipt.objects.filter(pk=receipt.pk).update(received_on=day)
    receipt.refresh_from_db()
    return receipt


def retailed(dealer: Dealer, day: date, *, in_stock: int = 20, **fields) -> Retail:
    order = make_order(status="retailed", contract=signed_contract(dealer=dealer))
    retail = Retail.objects.get(allocation__order_line__order=order)
    Retail.objects.filter(pk=retail.pk).update(retailed_on=day, **fields)
    dates = {"received_on": day - timedelta(days=in_stock), "retailed_on": day}
    Vehicle.objects.filter(pk=retail.vehicle_id).update(**dates)
    retail.refresh_from_db()
    return retail
