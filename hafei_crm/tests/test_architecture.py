"""The walls of the house, checked on the source itself."""

import ast
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models

from hafei_crm.wiring import PAGES

ROOT = Path(__file__).resolve().parents[2]
LAYERS = [
    ["core"], ["users"], ["products"], ["dealers"], ["customers"], ["inventory"], ["contracts"], ["salesplan"],
    ["aftersales", "marketing", "training"], ["analytics"], ["hafei_crm"],
]  # fmt: skip
RANK = {app: rank for rank, layer in enumerate(LAYERS) for app in layer}
CODE = [
    path
    for app in RANK
    for path in sorted((ROOT / app).rglob("*.py"))
    if not {"migrations", "tests"} & set(path.relative_to(ROOT).parts)
]
NAMES_THAT_SAY_NOTHING = {"utils", "helpers", "services", "managers", "mixins", "common", "misc", "signals"}


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions_of(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [node for node in ast.walk(tree_of(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def own_apps_imported(tree: ast.AST) -> set[str]:
    names = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names.append(node.module)
    return {name.split(".")[0] for name in names} & RANK.keys()


def lines_of(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_imports_go_down_only():
    upward = []
    for path in CODE:
        app = path.relative_to(ROOT).parts[0]
        others = own_apps_imported(tree_of(path)) - {app}
        upward += [f"{relative(path)} imports {other}" for other in others if RANK[other] >= RANK[app]]
    assert not upward


def test_no_project_import_hides_in_a_function():
    hidden = [
        f"{relative(path)}:{function.lineno} imports {sorted(own_apps_imported(function))}"
        for path in CODE
        for function in functions_of(path)
        if own_apps_imported(function)
    ]
    assert not hidden


def test_no_star_import():
    starred = [
        relative(path)
        for path in CODE
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ImportFrom) and node.names[0].name == "*"
    ]
    assert not starred


def test_files_stay_within_400_lines():
    assert not [f"{relative(path)}: {lines_of(path)}" for path in CODE if lines_of(path) > 400]


def test_page_machinery_stays_within_250_lines():
    machinery = [ROOT / "core/pages.py", *(ROOT / "core/views").glob("*.py")]
    assert not [f"{relative(path)}: {lines_of(path)}" for path in machinery if lines_of(path) > 250]


def test_functions_stay_within_40_lines():
    long = [
        f"{relative(path)}:{function.lineno} {function.name} has {function.end_lineno - function.lineno + 1} lines"
        for path in CODE
        for function in functions_of(path)
        if function.end_lineno - function.lineno + 1 > 40
    ]
    assert not long


def test_file_names_say_their_subject():
    assert not [relative(path) for path in CODE if path.stem in NAMES_THAT_SAY_NOTHING]


def test_foreign_keys_point_down():
    upward = []
    for model in apps.get_models():
        app = model._meta.app_label
        for field in model._meta.concrete_fields:
            target = field.related_model
            if not isinstance(target, type) or not issubclass(target, models.Model) or target is get_user_model():
                continue  # core names the user through AUTH_USER_MODEL, as Django's own apps do
            other = target._meta.app_label
            if app in RANK and other in RANK and other != app and RANK[other] >= RANK[app]:
                upward.append(f"{model.__name__}.{field.name} points up to {other}")
    assert not upward


@pytest.mark.parametrize("pages", PAGES, ids=lambda pages: pages.name)
def test_every_listed_model_says_who_sees_and_who_may_change_it(pages):
    assert hasattr(pages.model.objects, "visible_to")
    assert hasattr(pages.model.objects, "changeable_by")


def test_every_model_orders_its_rows_to_the_last():
    """Explicit order that ends with the key: pages of a list neither repeat nor lose a row."""
    loose = [
        model._meta.label
        for model in apps.get_models()
        if model._meta.app_label in RANK
        and not model._meta.proxy
        and not model.__name__.endswith("Event")
        and (not model._meta.ordering or str(model._meta.ordering[-1]).lstrip("-") not in ("pk", "id"))
    ]
    assert not loose
