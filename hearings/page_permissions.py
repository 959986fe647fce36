"""What Wagtail's buttons may do to a hearing, whoever presses them. Casework follows accounts.permissions."""

from __future__ import annotations

from wagtail.models import PagePermissionTester

from hearings.editor import is_announced


class HearingPermissionTester(PagePermissionTester):
    """Before the announcement nobody publishes, for only the step "Announce" checks the law's list.

    Afterwards nobody deletes or unpublishes: a hearing stays readable as a record (peers P11); it can be cancelled.
    """

    def can_publish(self) -> bool:
        return is_announced(self.page) and super().can_publish()

    def can_unpublish(self) -> bool:
        return self.page.announced_at is None and super().can_unpublish()

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return self.page.announced_at is None and super().can_delete(ignore_bulk)
