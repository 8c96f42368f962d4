from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from civic.accounts import groups

PAGES = ["add_page", "change_page", "publish_page", "lock_page", "unlock_page", "bulk_delete_page"]
FILES = ["add_image", "change_image", "choose_image", "add_document", "change_document", "choose_document"]
# Wagtail brings two groups of its own, one of them named like our moderators of discussions.
WAGTAILS_OWN = ["Moderators", "Editors"]


def prepare_editors() -> Group:
    """Lets the council's editors write and publish all pages and manage pictures and documents; idempotent."""
    Group.objects.filter(name__in=WAGTAILS_OWN).delete()
    editors, _made = Group.objects.get_or_create(name=groups.EDITORS)
    root, collection = Page.get_first_root_node(), Collection.get_first_root_node()
    for permission in Permission.objects.filter(codename__in=PAGES, content_type__app_label="wagtailcore"):
        GroupPagePermission.objects.get_or_create(group=editors, page=root, permission=permission)
    libraries = ["wagtailimages", "wagtaildocs"]
    for permission in Permission.objects.filter(codename__in=FILES, content_type__app_label__in=libraries):
        GroupCollectionPermission.objects.get_or_create(
            group=editors, collection=collection, permission=permission
        )
    return editors
