"""The money of Aldermere: promised, matched, invoiced, collected, paid out and given back, day by day."""
