"""The invented city of the demo: its data, its mail reader and its sign-ins. Never in production."""
