"""What an invoice says: its VAT, its XML by EN 16931 (Factur-X), and the letter that carries both."""
