"""Double entry, sealed, public: every cent that moves, and proof that nobody changed it afterwards."""
