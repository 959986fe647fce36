from knowledge.models.lesson import LessonPage, LessonTopic
from knowledge.models.library import LibraryPage
from knowledge.models.parts import LessonContributor, LessonDocument

__all__ = ["LessonContributor", "LessonDocument", "LessonPage", "LessonTopic", "LibraryPage"]
