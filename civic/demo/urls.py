"""Addresses of the demo; `civic.urls` includes them only where the DEMO setting is on."""

from django.urls import URLPattern, URLResolver, path

from civic.demo import views

app_name = "demo"

urlpatterns: list[URLPattern | URLResolver] = [
    path("demo/", views.visitors, name="visitors"),
    path("demo/sign-in/", views.sign_in, name="sign-in"),
    path("demo/mail/", views.mail, name="mail"),
    path("demo/mail/<uuid:pk>/", views.message, name="message"),
]
api: list[URLPattern | URLResolver] = []
