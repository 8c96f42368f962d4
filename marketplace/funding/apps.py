from django.apps import AppConfig


class FundingConfig(AppConfig):
    name = "marketplace.funding"
    label = "funding"
    verbose_name = "Funding"
