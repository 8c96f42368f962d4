from django.apps import AppConfig


class DiscussionConfig(AppConfig):
    name = "projects.discussion"
    label = "discussion"
    verbose_name = "Discussion"
