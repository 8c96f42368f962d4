"""The house rules: why something may be reported and hidden, in the words that people get to read."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Category(TextChoices):
    """What is wrong with a comment or project, as reported and as decided."""

    INSULT = "insult", _("Insult or harassment")
    HATE = "hate", _("Hate or discrimination")
    THREAT = "threat", _("Threat or call to violence")
    PRIVATE = "private", _("Somebody's private data")
    FALSE = "false", _("Deception or false identity")
    SPAM = "spam", _("Advertising or spam")
    OFF_TOPIC = "off_topic", _("Not about the project")
    ILLEGAL = "illegal", _("Against the law in another way")


@dataclass(frozen=True)
class Rule:
    """A house rule: how it reads, and how a breach of it is stated unless the moderator says it better."""

    number: int
    text: str | Promise
    breach: str | Promise


TEXTS: dict[str, tuple[str | Promise, str | Promise]] = {
    Category.INSULT: (
        _("Argue about ideas. Do not insult, mock or harass people."),
        _("The text attacks a person or a group instead of arguing about the project."),
    ),
    Category.HATE: (
        _(
            "Do not run anybody down for where they come from, what they believe, who they love, or how they live."
        ),
        _("The text runs people down for belonging to a group."),
    ),
    Category.THREAT: (
        _("Do not threaten anybody and do not call for violence."),
        _("The text threatens somebody or calls for violence."),
    ),
    Category.PRIVATE: (
        _("Do not publish other people's names with their address, telephone number or private affairs."),
        _("The text holds personal data of somebody who has not agreed to it."),
    ),
    Category.FALSE: (
        _("Say who you are: do not pose as somebody else, and do not deceive people on purpose."),
        _("The text poses as somebody else or deceives readers on purpose."),
    ),
    Category.SPAM: (
        _("Do not advertise, and do not post the same thing again and again."),
        _(
            "The text advertises something or repeats what was posted before, and has no bearing on the project."
        ),
    ),
    Category.OFF_TOPIC: (
        _("Stay with the project that the page is about."),
        _("The text has nothing to do with the project that it stands under."),
    ),
    Category.ILLEGAL: (
        _("Do not post what the law forbids."),
        _("The text breaks the law; the facts are given above."),
    ),
}
# Numbered as they stand above, which is how people read them.
RULES = {category: Rule(number, *texts) for number, (category, texts) in enumerate(TEXTS.items(), start=1)}

# What is said of a report that does not lead to anything.
NO_BREACH = _("We have read it in its context and found no breach of the house rules.")
