"""The use case of this project: the one place where it is named."""

from platform_app.page_views import domain

__all__ = ["domain"]
