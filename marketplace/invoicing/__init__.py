"""Invoices of any seller: gapless series, VAT, Factur-X, credit notes, reminders."""
