from wagtail import hooks

from knowledge.viewsets import LessonListing


@hooks.register("register_admin_viewset")
def register_lesson_listing() -> LessonListing:
    return LessonListing()
