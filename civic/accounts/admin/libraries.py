"""What libraries register in the admin and nobody at the council needs: second steps of signing in, and addresses.

Not even an administrator reads the secret of somebody's second step, or confirms an address by hand.
"""

# Their modules register them when they are imported; so they are imported before anything is taken away.
import allauth.account.admin
import allauth.mfa.admin  # noqa: F401
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin

admin.site.unregister([EmailAddress, Authenticator])
