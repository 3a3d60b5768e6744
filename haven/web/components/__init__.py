"""The components that every page is put together from (see README.md in this folder)."""

from haven.web.components.rendering import component

__all__ = ["component"]
