"""What may be asked of each action. What is not declared is refused, in words, as is what is of another type."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from civic.core.errors import Invalid
from datasets.catalogue.ckan.fields import Filters, Name, Names, Number, Text, Words

MOST_PACKAGES = 1_000
MOST_NAMES = 10_000
MOST_ROWS = 32_000
# Clients of CKAN send these to every action: about drafts, secrets and people that are shown to nobody here.
WITHOUT_EFFECT = frozenset(
    {
        *("include_private", "include_drafts", "include_deleted", "include_users", "include_password_hash"),
        *("include_extras", "include_tags", "include_groups", "include_followers", "include_tracking"),
        *("include_dataset_count", "include_datasets", "use_default_schema"),
    }
)


class Asked(serializers.Serializer[Any]):
    """No parameters."""


class AskedName(Asked):
    """Of `help_show`."""

    name = Name("The name of an action.")


class AskedId(Asked):
    """Of the actions that show one thing."""

    id = Name("Its id or its name; of a file its id.")


class AskedPackages(Asked):
    """Of `package_list`."""

    limit = Number("How many.", MOST_NAMES, MOST_NAMES)
    offset = Number("How many are left out before them.", 0)


class AskedNames(Asked):
    """Of the lists of organisations, groups and tags."""

    all_fields = serializers.BooleanField(default=False, help_text="Whole objects and not names alone.")
    query = Text("Of tags: a part of their names.")
    limit = Number("How many.", MOST_PACKAGES, MOST_PACKAGES)
    offset = Number("How many are left out before them.", 0)


class AskedSearch(Asked):
    """Of `package_search`."""

    q = Text("Words of the title and the description; spelling need not be exact.")
    fq = Text(
        "Conditions FIELD:VALUE, joined by AND; fields are organization, groups, tags, license_id, res_format."
    )
    rows = Number("How many datasets.", 10, MOST_PACKAGES)
    start = Number("How many are left out before them.", 0)
    sort = Text("score, metadata_modified, metadata_created, title or name, each with asc or desc.")
    facet = serializers.BooleanField(default=True, help_text="Whether facets are counted.")
    facet_field = Names(default=list, help_text="Which facets: the fields of fq. In an address: facet.field.")
    facet_limit = Number("How many values of a facet.", 50, MOST_PACKAGES)


class AskedRows(Asked):
    """Of `datastore_search`."""

    resource_id = Name("The id of a file.")
    filters = Filters(default=dict, help_text="Columns, each with a value or a list of values.")
    q = Words(default=dict, help_text="Words that a row has, or columns with words for each.")
    fields = Names(default=list, help_text="Which columns; all of them where nothing is asked.")  # type: ignore[assignment]
    sort = Text("Columns, each with asc or desc, and nulls first or nulls last.")
    limit = Number("How many rows.", 100, MOST_ROWS)
    offset = Number("How many are left out before them.", 0)
    include_total = serializers.BooleanField(default=True, help_text="Whether all that fit are counted.")
    records_format = serializers.ChoiceField(
        ["objects", "lists", "csv"], default="objects", help_text="objects, lists or csv."
    )


def ask(kind: type[Asked], sent: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """What was asked, with what was cut of it. Raises Invalid, with what is wrong with each parameter."""
    given = {
        name.replace(".", "_"): value
        for name, value in sent.items()
        if value is not None and name not in WITHOUT_EFFECT
    }
    serializer = kind(data=given)
    known = serializer.fields
    unknown = {name[:100]: _("This action has no such parameter.") for name in given if name not in known}
    if not serializer.is_valid() or unknown:
        refusal = Invalid(_("Some of what was asked cannot be answered."))
        # Not as arguments: names that somebody sends may be those of Invalid itself.
        wrong = {name: " ".join(map(str, said)) for name, said in serializer.errors.items()}
        refusal.fields = {**wrong, **unknown}
        raise refusal
    asked, cut = dict(serializer.validated_data), []
    for name, field in known.items():
        if isinstance(field, Number) and asked[name] > field.most:
            asked[name] = field.most
            cut.append(_("%(name)s is at most %(most)s") % {"name": name, "most": f"{field.most:,}"})
    return asked, cut
