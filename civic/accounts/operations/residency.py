"""How the city confirms where a person lives: by letter and at the desk; and how that ends."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from civic.accounts import identity
from civic.accounts.models import Area, Person, RegistryEntry, Residency
from civic.accounts.operations.people import lock_person
from civic.accounts.states import ResidencyState
from civic.core import events, ids, row_steps, states
from civic.core.errors import Conflict, Invalid, Text, required
from civic.core.locking import lock_first
from civic.core.models import Event
from civic.core.policies import require

CODE_VALID = timedelta(days=30)
RESIDENCY_VALID = timedelta(days=3 * 365)
CODE_TRIES = 5
LETTERS = 3
LETTERS_PER = timedelta(days=60)
# What is not needed once a letter is answered or the request has ended.
FORGOTTEN = {"recipient": "", "address": "", "code_hash": ""}
# Confirmations that one steward ends as wrong: mistakes are few, and nobody ends a city's before a vote by one click.
MOST_ENDED = 5
NO_MARKS = {"identity": "", "document": "", "address_mark": ""}


@dataclass(frozen=True)
class Letter:
    """A letter to print: the code is in it and nowhere else."""

    residency: Residency
    code: str
    expires_at: datetime


@dataclass(frozen=True)
class Facts:
    """What is known of a person from their papers; only marks of it are kept."""

    name: str
    born: date
    document: str = ""
    namesake: bool = False

    def marks(self) -> dict[str, str]:
        """The columns of a residency that hold this person's marks."""
        apart = self.document if self.namesake else ""
        document = identity.document_mark(self.document) if self.document else ""
        return {"identity": identity.person_mark(self.name, self.born, apart=apart), "document": document}


def request_letter(
    *, actor: Person, name: str, born: date, address: str, area: Area, at: datetime
) -> Residency:
    """Asks for a letter with a code to this address.

    Raises Conflict where a residency is under way or verified, after three letters in 60 days or
    LETTERS_PER_ADDRESS to one address; Invalid where the city's register has nobody of this name and birth date there.
    """
    require(actor, "request", Residency)
    with transaction.atomic():
        lock_person(actor)
        recent = Residency.objects.filter(
            person=actor, method=Residency.Method.LETTER, created_at__gt=at - LETTERS_PER
        )
        if recent.count() >= LETTERS:
            raise Conflict(_("You asked for three letters already. Please come to the service desk."))
        mark, place = identity.person_mark(name, born), identity.address_mark(address)
        _refuse_unregistered(mark, area)
        residency = start(actor, area, Residency.Method.LETTER)
        _refuse_crowded(residency, place)
        recipient = " ".join(name.split())
        _write(
            residency,
            identity=mark,
            address_mark=place,
            born=born,
            recipient=recipient,
            address=address.strip(),
        )
        payload = {"method": residency.method, "area": area.slug}
        events.record("residency.requested", actor=actor, subject=residency, at=at, payload=payload)
    return residency


def _refuse_unregistered(mark: str, area: Area) -> None:
    """Without a register a letter proves that somebody empties a letter box, not that its addressee exists."""
    known = RegistryEntry.objects.exclude(person="")
    if known.exists() and not known.filter(person=mark, area=area).exists():
        raise Invalid(
            name=_(
                "The register of residents has nobody with this name and date of birth in this district. Check both, "
                "or come to the service desk with your papers."
            )
        )


def _refuse_crowded(residency: Residency, place: str) -> None:
    # One address at a time: of two requests at once each would count the letters before both.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('letters'), hashtext(%s))", [place])
    others = Residency.objects.letters_to(place).exclude(person=residency.person_id)
    if others.values("person").distinct().count() >= settings.LETTERS_PER_ADDRESS:
        raise Conflict(
            _("Several people had letters to this address already. Please come to the service desk.")
        )


def print_letters(*, actor: Person, residencies: Iterable[Residency], at: datetime) -> list[Letter]:
    """Makes a fresh code for each and returns the letters; printing again replaces the code.

    Raises Forbidden; IllegalTransition where one does not wait for a letter (then none is printed).
    """
    require(actor, "print", Residency)
    with transaction.atomic():
        letters = []
        for residency in residencies:
            code, expires_at = ids.readable_code(8), at + CODE_VALID
            states.transition(residency, "send_code", actor=actor, at=at)
            mark = identity.code_mark(residency.pk, code)
            _write(residency, code_hash=mark, code_tries=0, expires_at=expires_at)
            letters.append(Letter(residency, f"{code[:4]}-{code[4:]}", expires_at))
        return letters


def confirm_code(*, actor: Person, code: str, at: datetime) -> Residency:
    """Verifies by the code of the letter.

    Raises Invalid for a wrong code (with how many tries are left: after five the letter is void); Conflict where
    no letter is on its way, it is too old, or this person is verified through another account.
    """
    with transaction.atomic():
        # Locked, so that wrong codes sent at once count one after the other and five stay five.
        rows = Residency.objects.filter(person=actor, state=ResidencyState.CODE_SENT)
        residency = lock_first(rows.select_related("area"))
        if residency is None:
            raise Conflict(_("There is no letter on its way to you. Ask for one first."))
        right = identity.same(residency.code_hash, identity.code_mark(residency.pk, ids.normalise_code(code)))
        in_time = residency.expires_at is not None and at < residency.expires_at
        if right and in_time:
            return verify(residency, actor=actor, at=at)
        tries = residency.code_tries + 1
        _write(residency, code_tries=tries)
        if tries >= CODE_TRIES or not in_time:
            _end(residency, "expire", actor=None, at=at)
    # Outside of the transaction: a wrong try counts although it is refused.
    if not in_time:
        raise Conflict(_("The code of this letter is too old. Ask for a new letter."))
    if tries >= CODE_TRIES:
        raise Conflict(_("That was the fifth wrong code, so this letter is void. Ask for a new one."))
    left = CODE_TRIES - tries
    message = ngettext(
        "This is not the code of your letter. You have one more try.",
        "This is not the code of your letter. You have %(left)s more tries.",
        left,
    )
    raise Invalid(letter_code=message % {"left": left})


def verify_at_desk(*, actor: Person, person: Person, facts: Facts, area: Area, at: datetime) -> Residency:
    """Staff have seen the document and the registration. `facts.namesake` tells two people of one name apart.

    Raises Forbidden; Conflict where the account is verified, or the person or document through another account.
    """
    require(actor, "verify", Residency)
    with transaction.atomic():
        lock_person(person)
        residency = start(person, area, Residency.Method.DESK, replace=True)
        return verify(residency, actor=actor, at=at, facts=facts)


def reject_residency(*, actor: Person, residency: Residency, reason: str, at: datetime) -> None:
    """Refuses a request, or ends a confirmation that was wrong, with a reason that the person reads.

    The marks stay for `identity.HOLD`, as after a withdrawal, unless `release_marks` says whose they are not. Raises
    Forbidden, IllegalTransition, Invalid; Conflict beyond `MOST_ENDED` confirmations a day.
    """
    require(actor, "reject", residency)
    reason = required(reason, _("Say why; the person reads this."))
    with transaction.atomic():
        # One at a time a steward: each of many at once would count the others as not yet done.
        lock_person(actor)
        states.lock(residency)
        if residency.state == ResidencyState.VERIFIED and _ended_today(actor, at) >= MOST_ENDED:
            raise Conflict(
                _("You have ended as many confirmations as one person may in a day. Ask a colleague.")
            )
        _end(residency, "reject", actor=actor, at=at, reason=reason)


def _ended_today(steward: Person, at: datetime) -> int:
    ended = Event.objects.filter(actor=steward.pk, kind="residency.rejected", at__gt=at - timedelta(days=1))
    return ended.filter(payload__from=ResidencyState.VERIFIED).count()


def withdraw_residency(*, actor: Person, residency: Residency, at: datetime) -> None:
    """Ends one's own request or verification. The marks stay for `identity.HOLD`. Raises Forbidden."""
    require(actor, "withdraw", residency)
    _end(residency, "withdraw", actor=actor, at=at)


def expire_residencies(*, at: datetime) -> int:
    """Ends what has run out and forgets marks whose hold is over; returns how many ended."""
    rows = Residency.objects.run_out(at).order_by("pk")
    step = "residencies to be ended"
    ended = row_steps.each(step, rows, lambda residency: _expire(residency, at), at=at, limit=100_000)
    # An account keeps all its marks as long as it is verified by any of them, and for the hold after that; those of a
    # confirmation that the desk has ended as wrong for the hold alone: they are of somebody else.
    verified = Residency.objects.filter(person=OuterRef("person"), verified_at__isnull=False)
    counting = verified.filter(Q(state=ResidencyState.VERIFIED) | Q(state_since__gte=at - identity.HOLD))
    held = Residency.objects.exclude(state=ResidencyState.VERIFIED).exclude(**NO_MARKS)
    wrong = Q(state=ResidencyState.REJECTED)
    over = held.filter(~Exists(counting) | wrong, state_since__lt=at - identity.HOLD)
    over.update(**NO_MARKS)
    return ended


def _expire(residency: Residency, at: datetime) -> bool:
    with transaction.atomic():
        # The code may have been entered since the list was read: without the second look that would be undone.
        states.lock(residency)
        if residency not in Residency.objects.run_out(at).filter(pk=residency.pk):
            return False
        _end(residency, "expire", actor=None, at=at)
    return True


def start(person: Person, area: Area, method: str, *, replace: bool = False) -> Residency:
    """The residency under way, or a new one. With `replace` another method takes over what is under way.

    The caller has locked the person. Raises Conflict where they are verified, or (without `replace`) under way.
    """
    live = Residency.objects.live().filter(person=person).first()
    if live is None:
        return Residency.objects.create(person=person, area=area, method=method)
    if live.state == ResidencyState.VERIFIED:
        raise Conflict(_("This account is verified already."))
    if not replace:
        raise Conflict(_("A letter is on its way already. Withdraw that request to make another one."))
    _write(live, area=area, method=method)
    return live


def verify(residency: Residency, *, actor: Person, at: datetime, facts: Facts | None = None) -> Residency:
    """Writes that it is verified, by these facts or those of the letter.

    Raises Conflict where the database knows the person through another account.
    """
    known = facts.marks() if facts else {"identity": residency.identity, "document": residency.document}
    born = facts.born if facts else residency.born
    earlier = Residency.objects.filter(person=residency.person_id).exclude(pk=residency.pk)
    # The same marks of before would hit the constraints below, which are about other accounts. Other marks stay: they
    # are of somebody else, or of other papers, and blanked they would let another account be verified by them.
    for column, mark in known.items():
        earlier.filter(**{column: mark}).update(**{column: ""})
    try:
        with transaction.atomic():
            _write(
                residency, **known, born=born, verified_at=at, expires_at=at + RESIDENCY_VALID, **FORGOTTEN
            )
            payload = {"method": residency.method, "area": residency.area.slug}
            states.transition(residency, "verify", actor=actor, at=at, payload=payload)
    except IntegrityError:
        raise Conflict(_used_by_another(residency, known)) from None
    Person.objects.filter(pk=residency.person_id, area=None).update(area=residency.area)
    return residency


def _used_by_another(residency: Residency, marks: dict[str, str]) -> Text:
    if residency.method != Residency.Method.DESK:
        return _(
            "Another account is, or was until recently, confirmed as this person. The service desk can help."
        )
    same = Q(identity=marks["identity"]) | Q(document=marks["document"]) & ~Q(document="")
    others = Residency.objects.filter(same, verified_at__isnull=False).exclude(person=residency.person_id)
    words = _(
        "With these papers another account is, or was until recently, confirmed: %(email)s. If it is not this "
        "person’s, end its confirmation in the list of residencies; then let its papers confirm another account."
    )
    return words % {"email": ", ".join(sorted(set(others.values_list("person__email", flat=True))))}


def _end(residency: Residency, verb: str, *, actor: Person | None, at: datetime, reason: str = "") -> None:
    with transaction.atomic():
        states.transition(residency, verb, actor=actor, at=at, reason=reason)
        _write(residency, **FORGOTTEN, born=None)


def _write(residency: Residency, **columns: object) -> None:
    Residency.objects.filter(pk=residency.pk).update(**columns)
    for name, value in columns.items():
        setattr(residency, name, value)
