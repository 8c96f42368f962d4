"""The crossing table of the whole: what each verb answers in each state of each of its neighbours.

Verbs are found in the URLconf (the forms of each page, as the owner of everything and as an administrator see them)
and among the staff actions of the desk; neighbours are the models with a transition table whose rows the verb reads;
states are those of their tables. Nothing is listed by hand, so a verb or a state that comes has to be written down:

    make crossings      writes crossings.txt anew; read what changed before it is committed

Rows are put into a state past the guards of the database and of the operations, without whatever that state would
have brought along: the table tells that nothing breaks and what is refused. What is meant is in the tables of the
slices (`test_crossings.py` beside their tests).
"""

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from django import forms as django_forms
from django.contrib import admin
from django.core.cache import cache
from django.db import IntegrityError, connection, models, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import Resolver404, resolve

from civic.accounts.models import Person
from civic.core.errors import Refused
from civic.core.models import Event
from civic.core.staff_actions import StaffAction
from civic.core.states import Stateful, stateful_models
from tests.factories import accounts
from tests.whole import objects
from tests.whole.forms import Form
from tests.whole.test_access import path_of
from tests.whole.test_input import Visitor, everything_sent

TABLE = Path(__file__).parent / "crossings.txt"
T = TypeVar("T")
DONE, NOTHING, REFUSED, IMPOSSIBLE = "done", "nothing", "refused", "impossible"
BROKEN = "BROKEN"
# What people type, by the kind of the field: each is accepted somewhere.
TYPED = {"number": "25", "email": "somebody@else.example", "date": "2031-05-01", "url": "https://a.example/"}
TEXT = "A reason that is long enough to be one."


@dataclass(frozen=True)
class Verb:
    """Something that somebody can do: `run` does it and says what came of it."""

    name: str
    run: Callable[[], str]
    keys: frozenset[str] = frozenset()  # of the rows that its address names


@dataclass(frozen=True)
class Setting:
    """A model whose rows are in a state; without a model, the city as it was built."""

    model: type[Stateful] | None = None
    state: str = ""


AS_BUILT = Setting()


def outcome(status: int, events: int) -> str:
    """What an answer means: an event tells that something was done."""
    if status >= 500:
        return f"{BROKEN} {status}"
    if status >= 400:
        return REFUSED
    return DONE if Event.objects.count() > events else NOTHING


def undone(step: Callable[[], T]) -> T:
    """What the step says; nothing of it stays."""
    with transaction.atomic():
        try:
            return step()
        finally:
            transaction.set_rollback(True)


def filled(form: Form, verb: str = "") -> dict[str, str]:
    """The form as a person fills it in who knows what they want."""
    values = {name: value for name, value in form.values.items() if name != "csrfmiddlewaretoken"}
    values |= {name: TYPED.get(form.kinds.get(name, ""), TEXT) for name in form.typed if not values.get(name)}
    return values | ({"verb": verb} if verb else {})


def is_open(client: Any, form: Form) -> bool:
    """Whether the address is there for this person at all: for whom doors open is another test's concern."""
    return client.post(form.action, filled(form)).status_code not in (403, 404)


def posted(client: Any, who: str, form: Form, verb: str) -> Verb:
    """The verb that a form is; an address that takes several is one verb each."""
    match = resolve(form.action)
    space = ":".join(match.namespaces)
    name = " ".join(filter(None, (who, f"{space}:{match.url_name}", verb)))

    def run() -> str:
        events = Event.objects.count()
        return outcome(client.post(form.action, filled(form, verb)).status_code, events)

    return Verb(name, run, frozenset(str(value) for value in match.kwargs.values()))


def steps_of(action: str) -> Iterable[str]:
    """Each value of `verb` that the view of an address knows, from the STEPS beside it."""
    return getattr(sys.modules[resolve(action).func.__module__], "STEPS", {"": None})


def verbs_of_pages(client: Any, who: str, forms: list[Form]) -> Iterator[Verb]:
    """Each form once; a form with a `verb` is sent with each that its object could be sent."""
    seen = set()
    for form in forms:
        try:
            resolve(form.action)
        except Resolver404:
            continue
        several = "verb" in form.values or form.action.endswith("/step/")
        for word in steps_of(form.action) if several else [""]:
            verb = posted(client, who, form, word)
            if verb.name not in seen and undone(lambda form=form: is_open(client, form)):  # type: ignore[misc]
                seen.add(verb.name)
                yield verb


def verbs_of_the_desk(actor: Person) -> Iterator[Verb]:
    """Each staff action on a row of its list."""
    for model, model_admin in sorted(admin.site._registry.items(), key=lambda pair: pair[0]._meta.label):
        for action in model_admin.actions or ():
            if isinstance(action, StaffAction):
                name = f"desk {model._meta.label_lower} {action.name}"
                rows = _rows(model)
                runs = [(_acted(action, row, actor), row) for row in rows]
                # Keys of ballots are random: the row that it can be done to is the same in every run.
                done = (one for one in runs if _safely(Verb(name, one[0])) == DONE)
                for run, row in [next(done, runs[-1])] if runs else ():
                    yield Verb(name, run, frozenset({str(row.pk)}))


def _rows(model: type[models.Model]) -> list[models.Model]:
    """Rows of the first state that has some; of a model without states the newest."""
    rows = model._default_manager.order_by("pk")
    if not issubclass(model, Stateful):
        return list(rows.reverse()[:1])
    return next((list(found) for state in states(model) if (found := rows.filter(state=state))), [])


def _acted(action: StaffAction, row: models.Model, actor: Person) -> Callable[[], str]:
    def run() -> str:
        form = action.form({name: _choice(field) for name, field in action.form.base_fields.items()})
        if not form.is_valid():
            return NOTHING
        fresh = type(row)._default_manager.get(pk=row.pk)
        result = action.run(actor, [fresh], **form.cleaned_data)[0]
        return DONE if result.done else REFUSED

    return run


def _choice(field: django_forms.Field) -> Any:
    """Something that the field takes."""
    if isinstance(field, django_forms.ModelChoiceField):
        first = field.queryset.first() if field.queryset is not None else None
        return first and first.pk
    if isinstance(field, django_forms.ChoiceField):
        return next((value for value, _ in field.choices if value), "")  # type: ignore[union-attr, misc]
    if isinstance(field, django_forms.DateField | django_forms.DateTimeField):
        return "2031-05-01"
    return "25" if isinstance(field, django_forms.DecimalField | django_forms.IntegerField) else TEXT


def neighbours(verb: Verb) -> list[type[Stateful]]:
    """The models with a transition table whose rows the verb reads or writes."""
    with CaptureQueriesContext(connection) as queries:
        _safely(verb)
    read = " ".join(query["sql"] for query in queries.captured_queries)
    return [model for model in stateful_models() if f'"{model._meta.db_table}"' in read]  # type: ignore[misc]


def _safely(verb: Verb) -> str:
    """What the verb comes to; an error that is no refusal is told and not raised, since the walk goes on."""
    try:
        return undone(verb.run)
    except Refused:
        return REFUSED
    except Exception as error:  # noqa: BLE001  whatever it is, it is the finding
        return f"{BROKEN} {type(error).__name__}"


def moved(rows: models.QuerySet[Any], state: str) -> None:
    """Writes the state of the rows, all or none."""
    with transaction.atomic():
        rows.update(state=state)


def moves(row: models.QuerySet[Any], state: str) -> bool:
    """Writes the state where the constraints of the table let it."""
    try:
        moved(row, state)
    except IntegrityError:
        return False
    return True


def put(setting: Setting) -> set[str]:
    """Puts every row that can be into the state; the keys of those that cannot, and "" where the table has none."""
    if setting.model is None:
        return set()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
    rows = setting.model._base_manager.all()
    try:
        kept: set[str] = set()
        moved(rows, setting.state)
    except IntegrityError:
        kept = {
            str(key)
            for key in rows.values_list("pk", flat=True)
            if not moves(rows.filter(pk=key), setting.state)
        }
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = origin")
    return kept | ({""} if not rows.filter(state=setting.state).exists() else set())


def states(model: type[Stateful]) -> list[str]:
    """The states of a model, in the order of its table."""
    return [value for value, _ in model._meta.get_field("state").choices]  # type: ignore[union-attr, misc]


def settings_of(verbs: list[Verb]) -> dict[Setting, list[Verb]]:
    """Where each verb can be done: as the city was built, or with what it is done to in another state."""
    found: dict[Setting, list[Verb]] = {AS_BUILT: [verb for verb in verbs if _safely(verb) == DONE]}
    meet = meeting([verb for verb in verbs if verb not in found[AS_BUILT]])
    placed = set(found[AS_BUILT])
    for model, those in meet.items():
        rows = {str(key) for key in model._base_manager.values_list("pk", flat=True)}
        done_to = [verb for verb in those if verb.keys & rows]
        for state in states(model) if done_to else ():
            with transaction.atomic():
                kept = put(Setting(model, state))
                for verb in done_to:
                    if verb not in placed and not kept & {"", *verb.keys} and _safely(verb) == DONE:
                        found.setdefault(Setting(model, state), []).append(verb)
                        placed.add(verb)
                transaction.set_rollback(True)
    found[AS_BUILT] += [verb for verb in verbs if verb not in placed]
    return found


def meeting(verbs: list[Verb]) -> dict[type[Stateful], list[Verb]]:
    """The neighbours of the verbs, each with those that meet it."""
    meet: dict[type[Stateful], list[Verb]] = {}
    for verb in verbs:
        for model in neighbours(verb):
            meet.setdefault(model, []).append(verb)
    return meet


def walk(verbs: list[Verb]) -> Iterator[tuple[str, str, dict[str, str]]]:
    """(verb, neighbour, {state: what the verb comes to}), all else being where the verb can be done."""
    for setting, those in settings_of(verbs).items():
        with transaction.atomic():
            put(setting)
            for model, verbs_met in meeting(those).items():
                yield from crossed(model, verbs_met)
            transaction.set_rollback(True)


def crossed(model: type[Stateful], verbs: list[Verb]) -> Iterator[tuple[str, str, dict[str, str]]]:
    """The verbs in each state of the model; a state is entered once for all of them."""
    cells: dict[str, dict[str, str]] = {verb.name: {} for verb in verbs}
    for state in states(model):
        with transaction.atomic():
            kept = put(Setting(model, state))
            for verb in verbs:
                cells[verb.name][state] = IMPOSSIBLE if kept & {"", *verb.keys} else _safely(verb)
            transaction.set_rollback(True)
    for name, answers in cells.items():
        yield name, model.__name__, answers


def lines(rows: Iterator[tuple[str, str, dict[str, str]]]) -> list[str]:
    """The table as text: a line a verb and neighbour, states with the same answer together."""
    found = []
    for name, neighbour, answers in rows:
        together: dict[str, list[str]] = {}
        for state, answer in answers.items():
            together.setdefault(answer, []).append(state)
        told = "; ".join(f"{answer}: {' '.join(those)}" for answer, those in sorted(together.items()))
        found.append(f"{name} | {neighbour} | {told}")
    return sorted(found)


def table_of_today() -> list[str]:
    """Builds the city of the access matrix and walks it."""
    cache.clear()
    owner, administrator = accounts.person(), accounts.superuser()
    made = objects.build(owner)
    paths = [path_of(name, made) for name in objects.opens_to()]
    verbs: list[Verb] = []
    for who, person in (("owner", owner), ("administrator", administrator)):
        client = Visitor(raise_request_exception=False)
        client.force_login(person)
        forms = [form for _, form in everything_sent(client, paths) if form.method == "post"]
        verbs += verbs_of_pages(client, who, forms)
    return lines(walk([*verbs, *verbs_of_the_desk(administrator)]))
