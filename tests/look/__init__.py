"""The look: tokens, components, covers, style guide."""
