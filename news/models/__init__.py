from news.models.news import NewsAttachment, NewsIndexPage, NewsPage, NewsTopic
from news.models.snippets import NewsCategory
from news.models.strategy import (
    StrategyAttachment,
    StrategyDocument,
    StrategyIndexPage,
    StrategyTopic,
)

__all__ = [
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
