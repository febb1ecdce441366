"""The arrows an import linter cannot see: foreign keys and templates name others in a string."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import Model

CONTRACTS = tomllib.loads(Path("pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
FLOORS = next(contract["layers"] for contract in CONTRACTS if contract["id"] == "floors")
FLOOR_OF = {
    package.strip(): number for number, floor in enumerate(FLOORS) for package in floor.split("|")
}
WEB = Path("src/klankbord/web")
DESKS = ("public", "workbench", "oversight", "administration")
NAMED = re.compile(r"{%\s*(?:include|extends)\s+\"(?P<template>[^\"]+)\"")
LINKED = re.compile(r"{%\s*url\s+['\"](?P<page>\w+:\w+)")
THE_DOOR = "workbench:sign_in"


def floor_of(model: type[Model]) -> int:
    return FLOOR_OF[model.__module__.split(".")[1]]


def foreign_keys() -> Iterator[object]:
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if field.concrete and field.is_relation and field.related_model:
                yield pytest.param(model, field.related_model, id=f"{model.__name__}.{field.name}")


def templates() -> list[Path]:
    return sorted(WEB.rglob("templates/**/*.html"))


@pytest.mark.parametrize(("model", "target"), list(foreign_keys()))
def test_foreign_keys_point_down(model: type[Model], target: type[Model]) -> None:
    assert floor_of(target) >= floor_of(model), f"{model} points up at {target}"


def test_every_package_has_a_floor() -> None:
    packages = {path.parent.name for path in Path("src/klankbord").glob("*/__init__.py")}
    assert packages == set(FLOOR_OF)


@pytest.mark.parametrize("template", templates(), ids=str)
def test_a_desk_borrows_templates_only_from_itself_and_the_components(template: Path) -> None:
    desk = template.relative_to(WEB).parts[0]
    for found in NAMED.finditer(template.read_text()):
        owner = found["template"].split("/")[0]
        assert owner not in set(DESKS) - {desk}, f"{template} borrows {found['template']}"


@pytest.mark.parametrize("template", templates(), ids=str)
def test_the_public_desk_links_to_no_other_desk_but_by_its_door(template: Path) -> None:
    if template.relative_to(WEB).parts[0] == "public":
        linked = {found["page"] for found in LINKED.finditer(template.read_text())} - {THE_DOOR}
        assert {page.split(":")[0] for page in linked} <= {"public"}
