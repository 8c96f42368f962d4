"""Catalogues elsewhere are harvested, datasets stand in series and are followed."""

import django.core.serializers.json
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import civic.core.ids
from civic.core.sql import keep_finite, run_sql


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0011_kinds"),
        ("catalogue", "0008_resumable"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Follow",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=civic.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="created",
                    ),
                ),
                ("since", models.DateTimeField(verbose_name="since")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="ended")),
            ],
            options={
                "verbose_name": "follow of a dataset",
                "verbose_name_plural": "follows of datasets",
            },
        ),
        migrations.CreateModel(
            name="Harvest",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=civic.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="created",
                    ),
                ),
                (
                    "state_since",
                    models.DateTimeField(editable=False, null=True, verbose_name="in this state since"),
                ),
                ("found", models.PositiveIntegerField(default=0, verbose_name="records")),
                ("leaving", models.PositiveIntegerField(default=0, verbose_name="gone from the source")),
                ("created", models.PositiveIntegerField(default=0, verbose_name="new")),
                ("updated", models.PositiveIntegerField(default=0, verbose_name="changed")),
                ("unchanged", models.PositiveIntegerField(default=0, verbose_name="as they were")),
                ("linked", models.PositiveIntegerField(default=0, verbose_name="here already")),
                ("removed", models.PositiveIntegerField(default=0, verbose_name="removed")),
                ("failed", models.PositiveIntegerField(default=0, verbose_name="failed")),
                ("reason", models.TextField(blank=True, verbose_name="why it ended early")),
                ("begun_at", models.DateTimeField(verbose_name="begun")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("running", "under way"),
                            ("waiting", "waits for your answer"),
                            ("done", "done"),
                            ("failed", "failed"),
                            ("declined", "given up"),
                        ],
                        default="running",
                        editable=False,
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
            ],
            options={
                "verbose_name": "harvest",
                "verbose_name_plural": "harvests",
                "ordering": ["-begun_at"],
            },
        ),
        migrations.CreateModel(
            name="HarvestRecord",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=civic.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="created",
                    ),
                ),
                ("place", models.PositiveIntegerField(verbose_name="place")),
                ("identifier", models.CharField(max_length=500, verbose_name="identifier")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "said",
                    models.JSONField(
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        null=True,
                        verbose_name="what it says",
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "not yet looked at"),
                            ("created", "new"),
                            ("updated", "changed"),
                            ("unchanged", "as it was"),
                            ("linked", "is here already"),
                            ("removed", "gone from its source"),
                            ("failed", "failed"),
                        ],
                        max_length=9,
                        verbose_name="outcome",
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
            ],
            options={
                "verbose_name": "record of a harvest",
                "verbose_name_plural": "records of harvests",
                "ordering": ["harvest", "place"],
            },
        ),
        migrations.CreateModel(
            name="HarvestStep",
            fields=[
                (
                    "priority",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "somebody waits for it"), (5, "as usual"), (9, "one of very many")],
                        default=5,
                        verbose_name="priority",
                    ),
                ),
                (
                    "due_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="due"
                    ),
                ),
                ("first_tried_at", models.DateTimeField(null=True, verbose_name="first tried")),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                ("lease", models.UUIDField(null=True, verbose_name="lease")),
                ("leased_until", models.DateTimeField(null=True, verbose_name="leased until")),
                ("done_at", models.DateTimeField(null=True, verbose_name="done")),
                ("dead_at", models.DateTimeField(null=True, verbose_name="given up")),
                ("last_error", models.TextField(blank=True, verbose_name="last error")),
                (
                    "id",
                    models.UUIDField(
                        default=civic.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="created",
                    ),
                ),
                (
                    "step",
                    models.CharField(
                        choices=[("fetch", "read the source"), ("apply", "take it over")],
                        max_length=5,
                        verbose_name="step",
                    ),
                ),
            ],
            options={
                "verbose_name": "step of a harvest",
                "verbose_name_plural": "steps of harvests",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Original",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=civic.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="created",
                    ),
                ),
                ("uri", models.CharField(blank=True, max_length=2000, verbose_name="URI")),
                ("page", models.CharField(blank=True, max_length=2000, verbose_name="page")),
                ("publisher", models.CharField(blank=True, max_length=300, verbose_name="publisher")),
                ("licence", models.CharField(blank=True, max_length=300, verbose_name="licence")),
                ("files", models.JSONField(default=list, verbose_name="files")),
                ("digest", models.CharField(max_length=64)),
            ],
            options={
                "verbose_name": "original of a harvested dataset",
                "verbose_name_plural": "originals of harvested datasets",
            },
        ),
        migrations.CreateModel(
            name="Series",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=civic.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="created",
                    ),
                ),
                ("slug", models.SlugField(max_length=140, unique=True)),
                ("title", models.CharField(max_length=120, verbose_name="title")),
                ("description", models.TextField(blank=True, max_length=4000, verbose_name="description")),
            ],
            options={
                "verbose_name": "series",
                "verbose_name_plural": "series",
                "ordering": ["title"],
            },
        ),
        migrations.CreateModel(
            name="Source",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=civic.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="created",
                    ),
                ),
                (
                    "state_since",
                    models.DateTimeField(editable=False, null=True, verbose_name="in this state since"),
                ),
                ("title", models.CharField(max_length=120, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[("dcat", "DCAT-AP (Turtle, JSON-LD, RDF/XML)"), ("ckan", "CKAN")],
                        max_length=4,
                        verbose_name="kind",
                    ),
                ),
                ("address", models.CharField(max_length=2000, unique=True, verbose_name="address")),
                (
                    "theme",
                    models.CharField(
                        choices=[
                            ("AGRI", "Agriculture and food"),
                            ("ECON", "Economy and money"),
                            ("EDUC", "Education, culture and sport"),
                            ("ENER", "Energy"),
                            ("ENVI", "Environment"),
                            ("GOVE", "Government and public sector"),
                            ("HEAL", "Health"),
                            ("JUST", "Law and safety"),
                            ("REGI", "Districts and places"),
                            ("SOCI", "People and society"),
                            ("TECH", "Science and technology"),
                            ("TRAN", "Transport"),
                        ],
                        max_length=4,
                        verbose_name="theme of what names none",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("active", "harvested each day"), ("paused", "paused")],
                        default="active",
                        editable=False,
                        max_length=6,
                        verbose_name="state",
                    ),
                ),
            ],
            options={
                "verbose_name": "harvested catalogue",
                "verbose_name_plural": "harvested catalogues",
                "ordering": ["title"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="dataset",
            name="published_dataset_has_a_revision",
        ),
        migrations.RemoveConstraint(
            model_name="dataset",
            name="revised_when_there_is_a_revision",
        ),
        migrations.RemoveConstraint(
            model_name="dataset",
            name="dataset_frequency_is_known",
        ),
        migrations.RemoveConstraint(
            model_name="dataset",
            name="dataset_licence_is_known",
        ),
        migrations.AddField(
            model_name="dataset",
            name="identifier",
            field=models.CharField(
                blank=True,
                default="",
                editable=False,
                max_length=500,
                verbose_name="identifier at its source",
            ),
        ),
        migrations.AddField(
            model_name="follow",
            name="dataset",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="follows", to="catalogue.dataset"
            ),
        ),
        migrations.AddField(
            model_name="follow",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="harvestrecord",
            name="dataset",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="catalogue.dataset",
                verbose_name="dataset",
            ),
        ),
        migrations.AddField(
            model_name="harvestrecord",
            name="harvest",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="records", to="catalogue.harvest"
            ),
        ),
        migrations.AddField(
            model_name="harveststep",
            name="harvest",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="catalogue.harvest"
            ),
        ),
        migrations.AddField(
            model_name="original",
            name="dataset",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="original", to="catalogue.dataset"
            ),
        ),
        migrations.AddField(
            model_name="series",
            name="publisher",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.organisation",
                verbose_name="publisher",
            ),
        ),
        migrations.AddField(
            model_name="dataset",
            name="series",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="datasets",
                to="catalogue.series",
                verbose_name="series",
            ),
        ),
        migrations.AddField(
            model_name="source",
            name="publisher",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.organisation",
                verbose_name="publisher",
            ),
        ),
        migrations.AddField(
            model_name="harvest",
            name="source",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="harvests", to="catalogue.source"
            ),
        ),
        migrations.AddField(
            model_name="dataset",
            name="harvested_from",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="datasets",
                to="catalogue.source",
                verbose_name="harvested from",
            ),
        ),
        migrations.AddConstraint(
            model_name="dataset",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "draft"),
                    ("latest__gt", 0),
                    models.Q(("harvested_from__isnull", False), ("latest", 0)),
                    _connector="OR",
                ),
                name="published_dataset_has_a_revision",
            ),
        ),
        migrations.AddConstraint(
            model_name="dataset",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("latest", 0), ("revised_at", None)),
                    models.Q(("latest__gt", 0), ("revised_at__isnull", False)),
                    models.Q(("harvested_from__isnull", False), ("latest", 0)),
                    _connector="OR",
                ),
                name="revised_when_there_is_a_revision",
            ),
        ),
        migrations.AddConstraint(
            model_name="dataset",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "frequency__in",
                        ["DAILY", "WEEKLY", "MONTHLY", "QUARTERLY", "ANNUAL", "IRREG", "NEVER"],
                    ),
                    models.Q(("frequency", ""), ("harvested_from__isnull", False)),
                    _connector="OR",
                ),
                name="dataset_frequency_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="dataset",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "licence__in",
                        [
                            "https://creativecommons.org/publicdomain/zero/1.0/",
                            "https://creativecommons.org/licenses/by/4.0/",
                            "https://creativecommons.org/licenses/by-sa/4.0/",
                            "https://opendatacommons.org/licenses/odbl/1-0/",
                        ],
                    ),
                    models.Q(("harvested_from__isnull", False), ("licence", "")),
                    _connector="OR",
                ),
                name="dataset_licence_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="dataset",
            constraint=models.UniqueConstraint(
                condition=models.Q(("harvested_from__isnull", False)),
                fields=("harvested_from", "identifier"),
                name="one_dataset_an_identifier",
            ),
        ),
        migrations.AddConstraint(
            model_name="dataset",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("harvested_from", None), ("identifier", "")),
                    models.Q(
                        ("harvested_from__isnull", False),
                        ("series", None),
                        ("source", ""),
                        models.Q(("identifier", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="harvested_dataset_has_an_identifier",
            ),
        ),
        migrations.AddConstraint(
            model_name="follow",
            constraint=models.UniqueConstraint(
                fields=("dataset", "person"), name="one_dataset_follow_a_person"
            ),
        ),
        migrations.AddConstraint(
            model_name="harvestrecord",
            constraint=models.UniqueConstraint(fields=("harvest", "place"), name="one_record_a_place"),
        ),
        migrations.AddIndex(
            model_name="harveststep",
            index=models.Index(
                condition=models.Q(("dead_at", None), ("done_at", None)),
                fields=["priority", "due_at", "id"],
                name="harveststep_open",
            ),
        ),
        migrations.AddIndex(
            model_name="original",
            index=models.Index(
                condition=models.Q(("uri", ""), _negated=True), fields=["uri"], name="original_uri"
            ),
        ),
        migrations.AddConstraint(
            model_name="series",
            constraint=models.UniqueConstraint(fields=("publisher", "title"), name="one_series_a_title"),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "theme__in",
                        [
                            "AGRI",
                            "ECON",
                            "EDUC",
                            "ENER",
                            "ENVI",
                            "GOVE",
                            "HEAL",
                            "JUST",
                            "REGI",
                            "SOCI",
                            "TECH",
                            "TRAN",
                        ],
                    )
                ),
                name="source_theme_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["dcat", "ckan"])), name="source_kind_is_known"
            ),
        ),
        migrations.AddIndex(
            model_name="harvest",
            index=models.Index(fields=["source", "-begun_at"], name="harvest_of_source"),
        ),
        migrations.AddConstraint(
            model_name="harvest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["running", "waiting"])),
                fields=("source",),
                name="one_open_harvest_a_source",
            ),
        ),
        run_sql("datasets.catalogue", "harvest_0009", "steps_0009"),
        keep_finite("catalogue"),
    ]
