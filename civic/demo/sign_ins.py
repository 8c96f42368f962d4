"""The people whom a visitor of the demo may become, one for each role."""

from dataclasses import dataclass

from civic.demo import source


@dataclass(frozen=True)
class SignIn:
    """A role, the person who has it in Aldermere, and what there is to see with it."""

    role: str
    name: str
    email: str
    note: str


def password() -> str:
    """The one password of all sign-ins; it is public and opens demo cities only."""
    return str(source.read("sign_ins")["password"])


def sign_ins() -> list[SignIn]:
    """All of them, from residents to the administrator."""
    people = source.read("people")
    names = {one["key"]: one["name"] for one in people["visible"] + people["staff"]}
    return [
        SignIn(one["role"], names[one["person"]], source.email(one["person"]), one["note"])
        for one in source.read("sign_ins")["roles"]
    ]
