"""People who sign in. E-mail is the login from the first migration; no national ID anywhere."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, email: str | None) -> User:
        return self.get(email__iexact=email)

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        if not email:
            raise ValueError("an e-mail address is needed")
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):  # type: ignore[django-manager-missing]  # Wagtail's uploads
    email = models.EmailField(
        _("e-mail"), unique=True, error_messages={"unique": _("This e-mail already has an account.")}
    )
    title = models.CharField(
        _("title"), max_length=40, blank=True, help_text=_("นาย, นาง, ดร., พระ or a rank")
    )
    first_name = models.CharField(_("first name"), max_length=100, blank=True)
    last_name = models.CharField(_("last name"), max_length=100, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    # What a province coordinator is limited to (requirements A056); empty for everyone else.
    province = models.ForeignKey(
        "geography.Province",
        verbose_name=_("province"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    is_staff = models.BooleanField(_("works for the office"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    # Temporary staff lose access by themselves (requirements A080).
    expires_on = models.DateField(_("access ends on"), null=True, blank=True)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now)

    objects = UserManager()

    _role_codes: frozenset[str]  # kept by accounts.roles.roles_of

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_case_insensitive")]

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    def may_sign_in(self, today: dt.date | None = None) -> bool:
        """False for people who were switched off or whose access has ended; the last day still counts (A080)."""
        return self.is_active and (
            self.expires_on is None or self.expires_on >= (today or timezone.localdate())
        )

    def get_full_name(self) -> str:
        return " ".join(part for part in (f"{self.title}{self.first_name}", self.last_name) if part)

    def get_short_name(self) -> str:
        return self.first_name or self.email.split("@")[0]
