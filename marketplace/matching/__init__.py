"""Match funds by ratio, threshold or quadratic rule: deposits, allocations, challenges."""
