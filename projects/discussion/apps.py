from django.apps import AppConfig

from civic.accounts import groups


class DiscussionConfig(AppConfig):
    name = "projects.discussion"
    label = "discussion"
    verbose_name = "Discussion"

    council_permissions = {
        groups.MODERATORS: ["view_moderationcase", "change_moderationcase"],
    }
