"""A twin of Stripe for the tests: the real stripe library talks HTTP to it, in a process of its own.

It keeps what matters to money: idempotency keys with their parameters and answers for 24 hours of its own clock,
PaymentIntents that succeed at most once, Checkout pages, refunds, Connect transfers, disputes, balance transactions
and events. `POST /twin/<verb>` does what happens outside of our sight: payers pay, banks dispute, time passes, and
the network fails (`faults`: "before" loses the request, "after" loses the answer, "500" stores an error as the
answer of the key, as Stripe does).

    python -m tests.payments.stripe_twin PORTFILE
"""
