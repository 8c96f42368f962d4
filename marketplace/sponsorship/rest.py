"""Sponsors of a campaign as open data."""

from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView

from civic.core.access import PUBLIC, access
from civic.core.serializers import OpenDataSerializer
from marketplace.campaigns.models import Campaign
from marketplace.sponsorship.models import Sponsorship


class SponsorshipSerializer(OpenDataSerializer[Sponsorship]):
    """Who gives what; amounts before tax in minor units of `currency`.

    Of `amount_minor`, which was contracted, `counted_minor` counts: not what was given up, lost or is in dispute.
    """

    organisation = serializers.CharField(source="organisation.name")
    organisation_url = serializers.CharField(source="organisation.get_absolute_url")
    package = serializers.CharField(source="package.title")
    counted_minor = serializers.IntegerField(source="figures.standing")

    class Meta:
        model = Sponsorship
        fields = (
            "id",
            "organisation",
            "organisation_url",
            "package",
            "amount_minor",
            "counted_minor",
            "currency",
            "state",
        )


@extend_schema(summary="Sponsors of a campaign", tags=["funding"], auth=[])
@access(PUBLIC)
class Sponsorships(ListAPIView[Sponsorship]):
    """Contracted and paid sponsorships; the largest first."""

    serializer_class = SponsorshipSerializer
    queryset = Sponsorship.objects.none()

    def get_queryset(self) -> QuerySet[Sponsorship]:
        campaign: UUID = get_object_or_404(Campaign.objects.public(), pk=self.kwargs["pk"]).pk
        found = Sponsorship.objects.public().filter(campaign=campaign)
        return found.select_related("organisation", "package", "figures").order_by("-amount_minor", "id")
