"""Builds .venv from the locks, with whatever Python 3 runs this file. `make setup` calls it.

It has to say clearly that a Python is too old, so it is written in words that an old one can read.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time

CHECKOUT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ENVIRONMENT = os.path.join(CHECKOUT, ".venv")
PYTHON = os.path.join(ENVIRONMENT, "bin", "python")
STAMP = os.path.join(ENVIRONMENT, "civic-exchange.stamp")
BOOTSTRAP = os.path.join(CHECKOUT, "deploy", "bootstrap.lock")
LOCK = os.path.join(CHECKOUT, "deploy", "requirements.lock")
OLDEST = (3, 11)
NEWER_NAMES = ("python3.14", "python3.13", "python3.12", "python3.11")


def main():
    """Does nothing when the environment already is what the locks say."""
    if sys.version_info < OLDEST:
        find_newer_python()
    wanted = fingerprint()
    if stamped() == wanted and os.access(PYTHON, os.X_OK):
        return
    begin = time.time()
    create()
    install()
    with open(STAMP, "w") as stamp:
        stamp.write(wanted)
    say("environment ready after {:.0f} s".format(time.time() - begin))


def find_newer_python():
    """Starts again with a newer Python of this machine, or ends with one line."""
    for name in NEWER_NAMES:
        if shutil.which(name):
            os.execvp(name, [name, *sys.argv])
    sys.exit(
        "Civic Exchange needs Python 3.11 or newer, and this is {}.{}: make setup PYTHON=/path/to/python3".format(
            *sys.version_info[:2]
        )
    )


def fingerprint():
    """Changes with the locks, with the Python, and with the place of the checkout (scripts name their own)."""
    digest = hashlib.sha256((sys.version + sys.base_prefix + ENVIRONMENT).encode())
    for lock in (BOOTSTRAP, LOCK):
        with open(lock, "rb") as content:
            digest.update(content.read())
    return digest.hexdigest()


def stamped():
    """What the environment was built from; empty when it was not finished."""
    try:
        with open(STAMP) as stamp:
            return stamp.read()
    except OSError:
        return ""


def create():
    """Makes the virtual environment, anew where an old one does not run or stands for another place."""
    say("creating .venv with Python {}.{}.{}".format(*sys.version_info[:3]))
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        sys.exit(
            "This Python has no venv module to build .venv with; on Debian and Ubuntu: apt-get install python3-venv"
        )
    here = os.path.join(ENVIRONMENT, "bin", "pip")
    moved = not os.path.exists(here) or ENVIRONMENT not in open(here).readline()
    run([sys.executable, "-m", "venv", *(["--clear"] if moved else []), ENVIRONMENT])


def install():
    """Installs the locked files, each checked against its hash: by uv, which takes seconds, or else by pip."""
    say("installing {} locked packages".format(sum("==" in line for line in open(LOCK))))
    if run([PYTHON, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", BOOTSTRAP], must=False):
        environment = dict(os.environ, VIRTUAL_ENV=ENVIRONMENT, **uv_settings())
        command = [PYTHON, "-m", "uv", "pip", "install", "--quiet", "--require-hashes", "-r", LOCK]
        if run(command, must=False, environment=environment):
            return
    say("uv could not do it; pip does, in a minute or two")
    run([PYTHON, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", LOCK])


def uv_settings():
    """What this machine tells pip about where packages come from, in uv's words: uv does not read pip's settings."""
    listed = subprocess.check_output([PYTHON, "-m", "pip", "config", "list"], universal_newlines=True)
    pip = {}
    for name, value in (line.split("=", 1) for line in listed.splitlines() if "=" in line):
        pip[name.rsplit(".", 1)[-1]] = value.strip("'\"").replace("\\n", " ").split()
    found = {
        "UV_DEFAULT_INDEX": " ".join(pip.get("index-url", [])),
        "UV_INDEX": " ".join(pip.get("extra-index-url", [])),
        "UV_FIND_LINKS": ",".join(pip.get("find-links", [])),
        "UV_INSECURE_HOST": " ".join(pip.get("trusted-host", [])),
        # As pip does: the hashes say which file is meant, wherever it comes from.
        "UV_INDEX_STRATEGY": "unsafe-best-match",
    }
    return {name: value for name, value in found.items() if value and name not in os.environ}


def run(command, must=True, environment=None):
    """Runs a command; returns whether it succeeded, or ends with its error when it must."""
    done = subprocess.run(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=sys.stderr if must else subprocess.DEVNULL,
        stderr=None if must else subprocess.PIPE,
        check=False,
    )
    if done.returncode and must:
        sys.exit("setup: {} failed".format(" ".join(command[:4])))
    return done.returncode == 0


def say(text):
    """One line of progress."""
    print("setup: " + text, flush=True)


if __name__ == "__main__":
    main()
