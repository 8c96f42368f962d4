"""What every slice stands on: money, states, events, ids, time, access and problems."""
