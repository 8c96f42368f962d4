"""How Celery runs tasks, and what the clock starts."""

CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_TIME_LIMIT = 15 * 60
# Above the longest task: a task whose worker was killed comes back after this long.
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 20 * 60, "unacked_restore_interval": 1}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "UTC"  # without it TIME_ZONE counts
CELERY_BEAT_SCHEDULER = "django_celery_beat.schedulers:DatabaseScheduler"
CELERY_BEAT_MAX_LOOP_INTERVAL = 2
# What the clock starts, and every how many seconds.
CLOCK = {
    "deliver events": ("civic.core.tasks.deliver_events", 2),
    "seal events": ("civic.core.tasks.seal_events", 3600),
    "count numbers": ("civic.pages.tasks.count_numbers", 60),
    "run commands": ("marketplace.payments.tasks.run_commands", 2),
    "close campaigns": ("marketplace.campaigns.tasks.close_due", 10),
    "collect pledges": ("marketplace.campaigns.tasks.collect_due", 10),
    "settle campaigns": ("marketplace.campaigns.tasks.settle_due", 10),
    "give pledges back": ("marketplace.campaigns.tasks.give_back_due", 10),
    "remind of pledges": ("marketplace.campaigns.tasks.remind_due", 3600),
    "recount campaigns": ("marketplace.campaigns.tasks.recount", 86400),
    "end match funds": ("marketplace.matching.tasks.end_due", 60),
    "end data needs": ("marketplace.exchange.tasks.end_needs", 3600),
    "plan rests": ("marketplace.payouts.tasks.plan_rests", 86400),
    "estimate matches": ("marketplace.matching.tasks.estimate", 600),
    "process webhooks": ("marketplace.payments.tasks.process_webhooks", 2),
    "mirror stripe": ("marketplace.payments.tasks.mirror_messages", 30),
    "refresh unfinished payments": ("marketplace.payments.tasks.refresh_unfinished", 3600),
    "reconcile": ("marketplace.payments.tasks.reconcile", 3600),
    "remind of disputes": ("marketplace.payments.tasks.remind_of_disputes", 3600),
    "link ledger entries": ("marketplace.ledger.tasks.link_entries", 10),
    "close ledger day": ("marketplace.ledger.tasks.close_day", 3600),
    "take checkpoints": ("marketplace.ledger.tasks.take_checkpoints", 600),
    "recount ledger": ("marketplace.ledger.tasks.recount", 86400),
    "lapse sponsorships": ("marketplace.sponsorship.tasks.lapse_sponsorships", 3600),
    "remind of invoices": ("marketplace.invoicing.tasks.remind_of_invoices", 3600),
    "read uploads": ("datasets.catalogue.tasks.run_steps", 2),
    "expire uploads": ("datasets.catalogue.tasks.expire_uploads", 3600),
    "expire data grants": ("datasets.access.tasks.expire_grants", 600),
    "count releases again": ("datasets.consent.tasks.rebuild_releases", 86400),
    "forget stray files": ("datasets.catalogue.tasks.forget_strays", 86400),
    "refresh own data": ("datasets.catalogue.tasks.refresh_own_data", 86400),
    "begin harvests": ("datasets.catalogue.tasks.harvest_daily", 86400),
    "run harvests": ("datasets.catalogue.tasks.run_harvests", 10),
    "keep polls": ("projects.voting.tasks.keep_polls", 60),
    "make mails": ("civic.notifications.tasks.make_mails", 10),
    "send mails": ("civic.accounts.mail.send_mails", 10),
    "make digests": ("civic.notifications.tasks.make_digests", 600),
    "announce voting": ("projects.discussion.tasks.announce_voting", 300),
    "recount discussions": ("projects.discussion.tasks.recount", 86400),
    "forget old news": ("civic.notifications.tasks.forget_old_news", 86400),
    "expire residencies": ("civic.accounts.tasks.expire_residencies", 3600),
    "end staff invitations": ("civic.accounts.tasks.end_staff_invitations", 3600),
    "erase accounts": ("civic.accounts.tasks.erase_due", 3600),
    "count support": ("projects.proposals.tasks.roll_up_support", 5),
    "recount support": ("projects.proposals.tasks.recount_support", 86400),
    "tell of rows put off": ("civic.accounts.tasks.tell_of_put_off", 3600),
    "drop exports": ("civic.accounts.tasks.drop_exports", 3600),
}
CELERY_BEAT_SCHEDULE = {
    name: {
        "task": task,
        "schedule": float(seconds),
        # What no worker has begun when the next one is due is not done twice: workers that come back after an hour
        # would find thousands. A minute at least, so that a busy one still gets to what comes every few seconds.
        "options": {"expire_seconds": max(seconds, 60)},
    }
    for name, (task, seconds) in CLOCK.items()
}
