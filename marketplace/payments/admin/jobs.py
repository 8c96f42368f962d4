"""What waits to be asked of providers and what they said; dj-stripe's pages, to look things up in Stripe's own words.

Its own desk would let staff add keys, change copies and start calls to Stripe.
"""

from django.apps import apps
from django.contrib import admin
from django.db.models import Model
from djstripe import admin as _registers_its_own  # noqa: F401
from djstripe import models as theirs

from civic.core.admin import JobAdmin, ReadOnlyAdmin, Stage
from marketplace.payments.models import Command, Message, MirrorJob


@admin.register(Command)
class CommandAdmin(JobAdmin):
    job_display = ("created_at", "provider", "verb", "target")
    list_filter = (Stage, "provider")
    search_fields = ("=target", "=key")


@admin.register(Message)
class MessageAdmin(JobAdmin):
    job_display = ("created_at", "provider", "kind", "event_id")
    list_filter = (Stage, "provider")
    search_fields = ("=event_id", "=kind")


@admin.register(MirrorJob)
class MirrorJobAdmin(JobAdmin):
    job_display = ("created_at", "message")
    search_fields = ("=message__event_id",)


# What a finance officer may want to look up; everything else of dj-stripe has no page.
SHOWN: tuple[type[Model], ...] = (
    theirs.BalanceTransaction,
    theirs.Charge,
    theirs.Customer,
    theirs.Dispute,
    theirs.Event,
    theirs.PaymentIntent,
    theirs.PaymentMethod,
    theirs.Payout,
    theirs.Session,
    theirs.SetupIntent,
    theirs.Transfer,
)


class MirrorAdmin(ReadOnlyAdmin):
    """A copy of Stripe's object, as Stripe writes it."""

    list_display = ("id", "created", "livemode")
    fields = ("id", "created", "livemode", "metadata", "stripe_data", "djstripe_updated")
    search_fields = ("=id",)


# Its own pages were registered when its desk was imported, above.
for model in filter(admin.site.is_registered, apps.get_app_config("djstripe").get_models()):
    admin.site.unregister(model)
admin.site.register(SHOWN, MirrorAdmin)
