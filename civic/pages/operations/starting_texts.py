"""The words of a fresh installation, from `starting_texts.yaml`."""

from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).parent.parent / "starting_texts.yaml"


def for_city(city: str, email: str) -> dict[str, Any]:
    """All texts with the city's name (or “our city”) and where to ask in them."""
    ask = f"Write to {email}." if email else "The address for questions is at the foot of every page."
    texts: dict[str, Any] = _filled(yaml.safe_load(FILE.read_text(encoding="utf-8")), city or "our city", ask)
    home, section = texts["home"], texts["help"]
    home["blocks"] = [(block["type"], block["value"]) for block in home["blocks"]]
    section["questions"] = [(asked["question"], asked["answer"]) for asked in section["questions"]]
    return texts


def _filled(value: Any, city: str, ask: str) -> Any:
    if isinstance(value, dict):
        return {key: _filled(part, city, ask) for key, part in value.items()}
    if isinstance(value, list):
        return [_filled(part, city, ask) for part in value]
    if not isinstance(value, str):
        return value
    text = value.replace("{city}", city).replace("{ask}", ask).strip()
    return text[:1].upper() + text[1:] if value.startswith("{city}") else text
