from typing import Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower, Now
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from civic.core import ids


class PeopleQuerySet(models.QuerySet["Person"]):
    """Questions about people."""

    def public(self) -> Self:
        """Those who have a public page: active and not erased."""
        return self.filter(is_active=True, erased_at=None)


class People(BaseUserManager["Person"]):
    """Makes people; everything else about them is asked through querysets."""

    def get_queryset(self) -> PeopleQuerySet:
        return PeopleQuerySet(self.model, using=self._db)

    def public(self) -> PeopleQuerySet:
        """Those who have a public page."""
        return self.get_queryset().public()

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        """A person with this address, stored in lower case."""
        person = self.model(email=email.strip().lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        """The city's first administrator."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email__iexact=username)


class Person(AbstractBaseUser, PermissionsMixin):
    """Somebody with an account. The email is never shown to others; the name is what they choose."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    email = models.EmailField(_("email address"), unique=True)
    name = models.CharField(_("name shown to others"), max_length=80, blank=True)
    about = models.TextField(_("about you"), max_length=600, blank=True)
    area = models.ForeignKey(
        "accounts.Area", verbose_name=_("district"), on_delete=models.SET_NULL, null=True, blank=True
    )
    indexed = models.BooleanField(_("search engines may show my page"), default=False)
    is_staff = models.BooleanField(_("council staff"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    joined_at = models.DateTimeField(_("joined"), db_default=Now(), editable=False)
    erased_at = models.DateTimeField(_("erased"), null=True, editable=False)

    # Council staff whose session did not pass the second step; see `civic.accounts.second_step`.
    powers_withheld = False

    objects: ClassVar[People] = People()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints: ClassVar = [models.UniqueConstraint(Lower("email"), name="one_account_an_address")]

    def __str__(self) -> str:
        return self.display_name

    @property
    def display_name(self) -> str:
        """The chosen name, or a neutral one; never anything from the email address."""
        if self.erased_at:
            return str(_("Former member"))
        return self.name or str(_("Resident %(code)s") % {"code": str(self.id)[-4:]})

    @cached_property
    def group_names(self) -> frozenset[str]:
        """The council groups, read once an instance: a request asks for them often."""
        return frozenset(self.groups.values_list("name", flat=True))

    def withhold_powers(self) -> None:
        """Makes a resident of this instance, as long as the request takes; nothing of it is stored."""
        self.powers_withheld = True
        self.is_staff = self.is_superuser = False
        self.__dict__["group_names"] = frozenset()

    def save(self, **kwargs: Any) -> None:
        """As ever; powers that are only withheld stay as they are stored."""
        if self.powers_withheld and kwargs.get("update_fields") is None:
            columns = {field.name for field in self._meta.concrete_fields if not field.primary_key}
            kwargs["update_fields"] = columns - {"is_staff", "is_superuser"}
        super().save(**kwargs)

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        return not self.powers_withheld and super().has_perm(perm, obj)

    def has_module_perms(self, app_label: str) -> bool:
        return not self.powers_withheld and super().has_module_perms(app_label)

    def get_all_permissions(self, obj: Any = None) -> set[str]:
        return set() if self.powers_withheld else super().get_all_permissions(obj)

    def get_absolute_url(self) -> str:
        return reverse("accounts:person", args=[self.pk])

    def get_full_name(self) -> str:
        return self.display_name

    def get_short_name(self) -> str:
        return self.display_name
