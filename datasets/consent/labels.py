"""Words of the steps that publishers take with collections and releases."""

from django.utils.translation import gettext_lazy as _

from civic.core.steps import Step

COLLECTION_STEPS = {
    "open": Step(
        _("Open it"),
        _("Open this collection?"),
        _("Everybody with an account can share from then on. Its questions stay as they are."),
        _("It is open."),
    ),
    "close": Step(
        _("Close it"),
        _("Close this collection?"),
        _(
            "Nobody can share any more. What was shared can be withdrawn, and released. Where somebody "
            "withdraws, what is published rests until as many have gone as stand behind a figure: nobody comes "
            "in their place."
        ),
        _("It is closed."),
        danger=True,
    ),
    "drop": Step(
        _("Remove it"),
        _("Remove this draft?"),
        _(
            "Nobody has been asked anything yet. The draft goes, with its purposes. Their datasets "
            "stay in your list as drafts, without data: nobody else sees them."
        ),
        _("It is removed."),
        danger=True,
    ),
}
RELEASE_STEPS = {
    "send": Step(
        _("Publish it"),
        _("Publish this release?"),
        _("It becomes the next revision of the dataset, which is never changed."),
        _("It is on its way, and published in a moment."),
    ),
    "drop": Step(
        _("Drop it"),
        _("Drop this release?"),
        _("It is not published. It has been seen: the next one waits until enough people have come or gone."),
        _("It is dropped."),
        danger=True,
    ),
}
