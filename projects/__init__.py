"""Joint innovation projects: calls, proposals, discussion and voting."""
