from django.apps import AppConfig

from civic.accounts import groups


class DiscussionConfig(AppConfig):
    name = "projects.discussion"

    council_permissions = {groups.MODERATORS: ["view_moderationcase", "change_moderationcase"]}
