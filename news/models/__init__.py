from news.models.news import NewsAttachment, NewsIndexPage, NewsPage, NewsTopic
from news.models.snippets import NewsCategory
from news.models.strategy import (
    FileText,
    StrategyAttachment,
    StrategyDocument,
    StrategyIndexPage,
    StrategyTopic,
)

__all__ = [
    "FileText",
    "NewsAttachment",
    "NewsCategory",
    "NewsIndexPage",
    "NewsPage",
    "NewsTopic",
    "StrategyAttachment",
    "StrategyDocument",
    "StrategyIndexPage",
    "StrategyTopic",
]
