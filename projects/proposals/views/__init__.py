"""The pages: the public ones (browse, show), the wizard, the team, and the end of a project."""
