from django.apps import AppConfig
from django.db.models.signals import post_migrate

from civic.accounts import groups


class AccountsConfig(AppConfig):
    name = "civic.accounts"
    verbose_name = "People"

    council_permissions = {
        groups.MODERATORS: ["view_person", "view_organisation", "change_organisation"],
        groups.PROGRAMME_MANAGERS: [
            "view_organisation",
            "change_organisation",
            "view_area",
            "add_area",
            "change_area",
        ],
        groups.FINANCE_OFFICERS: ["view_organisation"],
        groups.DATA_STEWARDS: [
            "view_person",
            "view_residency",
            "change_residency",
            "view_registryupload",
            "add_registryupload",
        ],
        groups.AUDITORS: ["core.view_event", "core.view_seal", "core.view_delivery", "view_mail"],
    }

    def ready(self) -> None:
        from allauth.account.decorators import secure_admin_login
        from allauth.mfa import signals
        from django.contrib import admin
        from django.contrib.auth.signals import user_logged_in

        from civic.accounts import adapter, second_step

        user_logged_in.connect(adapter.note_device, dispatch_uid="the browser that signed in")
        user_logged_in.connect(adapter.count_sign_in, dispatch_uid="the password was given just now")
        post_migrate.connect(groups.sync, dispatch_uid="council groups")
        for changed in (signals.authenticator_added, signals.authenticator_removed):
            changed.connect(second_step.follow_change, dispatch_uid="sessions without the second step")
        # There is one way to sign in, with its limits and second factor.
        admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
