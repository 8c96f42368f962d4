"""Who signs in and how: Django's authentication, allauth and guardian."""

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
    "guardian.backends.ObjectPermissionBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "civic.accounts.passwords.WordWithNumberValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
GUARDIAN_MONKEY_PATCH_USER = False
ANONYMOUS_USER_NAME = None
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "accounts:me"
LOGOUT_REDIRECT_URL = "/"

ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_ADAPTER = "civic.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "civic.accounts.allauth_forms.LoginForm",
    "signup": "civic.accounts.allauth_forms.SignupForm",
    "reset_password": "civic.accounts.allauth_forms.ResetPasswordForm",
    "change_password": "civic.accounts.allauth_forms.ChangePasswordForm",
    "reset_password_from_key": "civic.accounts.allauth_forms.ResetPasswordKeyForm",
}
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# Who finds an open session takes no account over with it: each change of a way in asks for the password again, and is
# told to every address of the person (ASVS 7.5.1).
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# So long the password that was given once counts; an officer who works through a list is asked once for it.
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "civic.accounts.reset_tokens.ResetTokens"  # noqa: S105
MFA_ADAPTER = "civic.accounts.adapter.MFAAdapter"
MFA_TOTP_ISSUER = "Civic Exchange"
# Council staff are residents in a session that has not passed the second step.
STAFF_MFA_REQUIRED = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
