from wagtail import hooks

from news.viewsets import NewsGroup


@hooks.register("register_admin_viewset")
def register_news_group() -> NewsGroup:
    return NewsGroup()
