from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "Core"

    def ready(self) -> None:
        from django.conf import settings

        from core.names import register_names
        from core.readiness import register
        from core.views.health import database_answers, queue_flows

        register("database", database_answers, essential=True)
        register("queue", queue_flows)
        register_names(lambda: settings.KEEP_TOGETHER)
