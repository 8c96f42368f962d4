"""What this slice holds of a person."""

from django.utils.translation import gettext_lazy as _

from civic.accounts.privacy import NonPersonal, Personal, non_personal, personal_data

personal_data.register(
    Personal(
        model="catalogue.Upload",
        person="person",
        title=_("Files that you uploaded as data"),
        export=("dataset", "name", "size", "sha256", "state", "received_at", "failure"),
        withhold={
            "file": "it is the publisher's, whose members have it",
            "parquet": "made of the file",
            "csv": "made of the file",
            "proposal": "the first look at the file",
            "answers": "what the publisher said about it",
            "found": "what was found in the file",
        },
        anonymise={"person": None, "name": "file"},
        reason=_("Files that became data of an organisation stay, without your name."),
    )
)
personal_data.register(
    Personal(
        model="catalogue.Revision",
        person="person",
        title=_("Revisions of data that you published"),
        export=("dataset", "number", "note", "published_at"),
        withhold={
            "sha256": "the digest of the file",
            "schema": "the columns of the file",
            "profile": "what is in the columns, which is public",
            "report": "how the file was read",
        },
        anonymise={"person": None},
        reason=_("Revisions of public data are never changed; they stay without your name."),
    )
)
personal_data.register(
    Personal(
        model="catalogue.Follow",
        person="person",
        title=_("Data you follow"),
        export=("dataset", "since", "ended_at"),
    )
)
non_personal.register(NonPersonal("catalogue.Source", ("address",), "the address of a catalogue"))
non_personal.register(
    NonPersonal("catalogue.Series", ("description",), "what an organisation says about its data")
)
non_personal.register(NonPersonal("catalogue.Harvest", ("reason",), "why a catalogue could not be read"))
non_personal.register(
    NonPersonal(
        "catalogue.HarvestRecord",
        ("identifier", "title", "said", "reason"),
        "what a public catalogue says of a dataset",
    )
)
non_personal.register(
    NonPersonal(
        "catalogue.Original",
        ("uri", "page", "publisher", "licence", "files"),
        "what a public catalogue says of a dataset, and where its files are",
    )
)
non_personal.register(
    NonPersonal("catalogue.HarvestStep", ("last_error",), "why a catalogue could not be read")
)
non_personal.register(
    NonPersonal(
        "catalogue.Dataset",
        ("identifier", "description", "answers", "reason"),
        "what an organisation says about its data, and why it was withdrawn",
    )
)
non_personal.register(NonPersonal("catalogue.Distribution", ("file",), "a file of public data"))
non_personal.register(
    NonPersonal(
        "catalogue.RejectedRow",
        ("column", "value", "reason"),
        "rows of a publisher's file, for its members only, deleted with it",
    )
)
non_personal.register(NonPersonal("catalogue.UploadStep", ("last_error",), "why a file could not be read"))
