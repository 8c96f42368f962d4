"""The one grammar of event kinds: `noun.past_participle`, such as `pledge.started`.

An event tells what has happened, so that a reader of the log never has to ask whether `project.open` was a step or a
wish. Kinds are sealed with the log and stay for ever: a new one follows the grammar from its first day.
"""

# Verbs of TRANSITIONS tables that the regular rule would spell wrongly, and verbs of two words.
IRREGULAR = {
    "ask_method": "method_asked",
    "ask_payer": "payer_asked",
    "call_off": "called_off",
    "campaign_fail": "campaign_failed",
    "cancel": "cancelled",
    "commit": "committed",
    "drop": "dropped",
    "fall_behind": "fallen_behind",
    "freeze": "frozen",
    "fulfil": "fulfilled",
    "hide": "hidden",
    "hold": "held",
    "keep": "kept",
    "lose": "lost",
    "lose_part": "partly_lost",
    "miss_goal": "goal_missed",
    "pay": "paid",
    "pay_otherwise": "paid_otherwise",
    "pay_part": "partly_paid",
    "read": "read",
    "seek_alternative": "alternative_sought",
    "send": "sent",
    "send_back": "sent_back",
    "send_code": "code_sent",
    "set_aside": "set_aside",
    "settle_part": "partly_settled",
    "start_delivery": "delivery_started",
    "submit": "submitted",
    "take_back": "taken_back",
    "take_down": "taken_down",
    "uphold": "upheld",
    "win": "won",
    "withdraw": "withdrawn",
    "write_off": "written_off",
}


def event_kind(noun: str, verb: str) -> str:
    """The kind of the event that a step records: `event_kind("pledge", "cancel")` is `pledge.cancelled`."""
    return f"{noun}.{participle(verb)}"


def participle(verb: str) -> str:
    """The past participle of a verb of a TRANSITIONS table: `lapsed` of `lapse`, `verified` of `verify`."""
    if known := IRREGULAR.get(verb):
        return known
    if verb.endswith("y"):
        return f"{verb[:-1]}ied"
    return f"{verb}d" if verb.endswith("e") else f"{verb}ed"
