"""The rules of the code, and the proof that each of them bites."""
