"""Operations for migrations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class CreateTables(Operation):
    """New models, and what is added to them, in one step: each table is made once, as it is in the end.

    After every single operation Django builds all models anew that lead to the altered one, in a site with users and
    pages nearly all. For forty tables that takes ten times as long as making them.
    """

    def __init__(self, operations: Sequence[Any]) -> None:
        self.operations = list(operations)

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        state.__dict__.pop("apps", None)  # built when the next one asks for a model, once
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for model in self._models(app_label, to_state):
            if self.allow_migrate_model(schema_editor.connection.alias, model):
                schema_editor.create_model(model)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for model in reversed(self._models(app_label, from_state)):
            if self.allow_migrate_model(schema_editor.connection.alias, model):
                schema_editor.delete_model(model)

    def _models(self, app_label: str, state: ProjectState) -> list[Any]:
        made = [operation.name for operation in self.operations if isinstance(operation, CreateModel)]
        return [state.apps.get_model(app_label, name) for name in made]

    def describe(self) -> str:
        return f"Create {len(self.operations)} models and what belongs to them"
