"""Help that is not money: what projects want, who offers it, and what was really given."""
