from django.apps import AppConfig


class DemoConfig(AppConfig):
    """The demo's content and its command. Only dev, test and demo settings install it."""

    name = "demo"
