"""Building blocks of page bodies: one family a file; StoryBlock is the list editors choose from."""

from core.blocks.story import StoryBlock

__all__ = ["StoryBlock"]
