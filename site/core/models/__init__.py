"""Shared models: the base of every page, pictures, documents, topics, responsible units, site settings."""

from core.models.base import BasePage
from core.models.limits import Bucket
from core.models.media import CustomDocument, CustomImage, CustomRendition, FileText
from core.models.settings import SiteSettings
from core.models.strategy import StrategyIssue
from core.models.topics import Topic, TopicItem
from core.models.units import ResponsibleUnit

__all__ = [
    "BasePage",
    "Bucket",
    "CustomDocument",
    "CustomImage",
    "CustomRendition",
    "FileText",
    "ResponsibleUnit",
    "SiteSettings",
    "StrategyIssue",
    "Topic",
    "TopicItem",
]
