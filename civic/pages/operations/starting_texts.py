"""The words of a fresh installation. They describe what the software does, so a city can keep them."""

from typing import Any

STORIES = {
    "title": "Stories",
    "lead": "What became of projects that were once a proposal: who made them, what worked and what did not.",
}

STEPS = [
    {
        "title": "Propose",
        "text": "Say what the problem is, who would help and what it costs. Staff tell you plainly what is still missing.",
        "icon": "idea",
    },
    {
        "title": "Decide",
        "text": "Neighbours ask, support and criticise. Then verified residents vote, and anyone can recount the result.",
        "icon": "vote",
    },
    {
        "title": "Carry out",
        "text": "The chosen projects get to work and report in public what became of the money.",
        "icon": "handshake",
    },
]


def for_city(city: str, email: str) -> dict[str, Any]:
    """All texts with the city's name (or “our city”) and an address for questions in them."""
    name = city or "our city"
    ask = f"Write to {email}." if email else "The address for questions is at the foot of every page."
    return {
        "claim": f"Where {name} proposes, decides and carries out projects together",
        "home": _home(name),
        "help": _help(),
        "help_pages": _help_pages(),
        "pages": [_how_it_works(), _about(name, ask), _privacy(name, ask), _rules(), _accessibility(ask)],
    }


def _home(name: str) -> dict[str, Any]:
    return {
        "title": f"{name[0].upper()}{name[1:]} decides together",
        "sentence": "Your street has ideas. Here they become projects.",
        "lead": "Residents, businesses and the city propose projects together, discuss them, vote on them and carry "
        "them out. Every step is public, and so is the money.",
        "buttons": [
            {"text": "See the projects", "href": "/projects/", "kind": ""},
            {"text": "Propose a project", "href": "/propose/", "kind": "second"},
        ],
        "blocks": [
            ("numbers", {"heading": "", "intro": "", "ground": "plain"}),
            (
                "calls",
                {
                    "heading": "Open now",
                    "intro": "What the city has money for, and until when you can take part.",
                },
            ),
            (
                "projects",
                {"heading": "Being talked about", "order": "supported", "count": 3, "ground": "sunken"},
            ),
            (
                "steps",
                {
                    "heading": "From an idea to the street in three steps",
                    "steps": STEPS,
                    "buttons": [{"text": "How it works", "href": "/how-it-works/", "kind": "second"}],
                },
            ),
            ("stories", {"heading": "What became of it", "intro": "Told by those who made it.", "count": 3}),
            (
                "call_to_action",
                {
                    "heading": "What is missing in your street?",
                    "text": "A draft takes ten minutes, saves itself, and nobody sees it until you submit it.",
                    "buttons": [{"text": "Propose a project", "href": "/propose/", "kind": ""}],
                    "ground": "deep",
                },
            ),
        ],
    }


def _how_it_works() -> dict[str, Any]:
    return {
        "slug": "how-it-works",
        "title": "How it works",
        "lead": "From an idea to something that stands in the street, with every step in public.",
        "sections": [
            {
                "heading": "The city opens a call",
                "text": "A call says what there is money for, how much, who may take part, when each phase begins and "
                "ends, and by which rule the votes are counted. All of this is fixed before anybody votes.",
            },
            {
                "heading": "You propose",
                "text": "Anybody with an account can propose: alone, with neighbours, for a shop, a club or a company. "
                "A short form asks what the problem is, what should happen, where, with whom and at what cost. It saves "
                "itself at each step.\n\nA project says what each participant brings and what each wants in return. "
                "Both are public.",
            },
            {
                "heading": "The city reviews",
                "text": "Staff check whether the project fits the call and whether its costs are plausible. They open "
                "it, return it with a note on what is missing, or reject it with a reason that you can read. They do "
                "not judge whether they like it.",
            },
            {
                "heading": "Everybody discusses and supports",
                "text": "While a project is open you can ask, criticise, follow it and say that you want it. Support "
                "helps others to find a project. It is not a vote.",
            },
            {
                "heading": "Residents vote",
                "text": "When voting opens, the projects are frozen, so that nobody votes for one thing and gets "
                "another. You cast your ballot in one go, get a receipt, and can replace the ballot until voting closes.",
            },
            {
                "heading": "The count can be repeated by anyone",
                "text": "The ballots are published without names together with the rule. The results page says for "
                "each project why it was chosen or how much it lacked.",
            },
        ],
    }


def _help() -> dict[str, Any]:
    return {
        "title": "Help",
        "lead": "Short answers to what people ask most. The pages beside them go deeper.",
        "heading": "Questions and answers",
        "questions": [
            (
                "Do I need an account to look around?",
                "No. Everything that has been opened to the public can be read without one.",
            ),
            (
                "Do I have to use my real name?",
                "No. You choose the name that others see. Your email address is never shown.",
            ),
            (
                "Why can't I vote yet?",
                "Either voting is not open, or the city has not confirmed where you live. The call's page says which "
                "it is, and what to do.",
            ),
            (
                "Is support the same as a vote?",
                "No. Support says that you want a project and helps others to find it. Only ballots are counted.",
            ),
            (
                "Can I change my vote?",
                "Yes, until voting closes. A new ballot replaces the old one completely, and you get a new receipt.",
            ),
            (
                "My project was returned. What now?",
                "Read the note, change what it asks for and submit the project again. Nothing you wrote is lost.",
            ),
            (
                "Somebody breaks the house rules. What can I do?",
                "Press “Report” beside the comment or project. A moderator decides, gives a reason, and the person "
                "concerned can appeal.",
            ),
            (
                "How do I delete my account?",
                "On your page, under your data. You can take a copy of everything first.",
            ),
        ],
    }


def _help_pages() -> list[dict[str, Any]]:
    return [_voting(), _proposing(), _residence()]


def _voting() -> dict[str, Any]:
    return {
        "slug": "voting",
        "title": "Voting and counting",
        "lead": "Who may vote, what happens to your ballot, and how the chosen projects are found.",
        "sections": [
            {
                "heading": "Who may vote",
                "text": "Each call says who may vote: usually residents whose home in the city, or in the call's "
                "districts, has been confirmed. Each person has one ballot a call.",
            },
            {
                "heading": "Kinds of ballots",
                "text": "- Approve: tick the projects that you want.\n- Basket: fill a basket until the budget is used "
                "up.\n- Points: share out a number of points.\n- Ranking: put projects in order.",
            },
            {
                "heading": "Your receipt",
                "text": "After casting you get a receipt with a code. With it you can check later that your ballot is "
                "among the published ones exactly as you cast it. The list holds no names.",
            },
            {
                "heading": "Most votes first",
                "text": "The projects are ordered by their votes and chosen from the top. One that no longer fits "
                "into the budget is skipped, and the next one has its turn.",
            },
            {
                "heading": "Equal shares",
                "text": "Every voter starts with the same share of the budget. A project is chosen when the people who "
                "voted for it can pay for it out of their shares, which they do as evenly as possible. Among the "
                "projects that could be chosen, the next is the one that costs each supporter the least for what they "
                "get. So every group of voters decides on a part of the budget that fits its size.",
            },
            {
                "heading": "If money is left over",
                "text": "Where the call says so, the count starts again with shares that are one unit of the currency "
                "larger, and again, until the choice would go over the budget. The last choice that fits is the result.",
            },
            {
                "heading": "Ties",
                "text": "Ties are decided by lot. The number from which the lot is drawn is sealed and its fingerprint "
                "published before voting opens, so that nobody can choose it afterwards.",
            },
        ],
    }


def _proposing() -> dict[str, Any]:
    return {
        "slug": "proposing",
        "title": "Proposing well",
        "lead": "What strong proposals have in common.",
        "sections": [
            {
                "heading": "Name a place and the people",
                "text": "“Improve mobility” is not yet a project. “Children cross this road at twenty to eight, and "
                "there is no crossing” is one. If you can point at it, others can picture it.",
            },
            {
                "heading": "Ask those whom it is for",
                "text": "Talk to ten people before you write. Put their objections into the proposal, with your answer.",
            },
            {
                "heading": "Calculate honestly",
                "text": "List what it costs, line by line, with what comes after the opening: cleaning, repairs, "
                "electricity. Offers and estimates help the reviewers and convince voters.",
            },
            {
                "heading": "Say who brings what",
                "text": "Help is more than money: time, skills, space, tools, data. Say as well what each participant "
                "wants in return. A business may want customers. It only has to be written down.",
            },
        ],
    }


def _residence() -> dict[str, Any]:
    return {
        "slug": "confirming-where-you-live",
        "title": "Confirming where you live",
        "lead": "Needed once, before your first vote. It does not depend on your passport.",
        "sections": [
            {
                "heading": "Three ways",
                "text": "- By letter: the city sends a code to your postal address, and you enter it on your page.\n"
                "- At a service desk: show something with your address on it.\n"
                "- By the register of residents: if you agree, your details are compared with an encrypted extract.",
            },
            {
                "heading": "What is kept",
                "text": "That you live in a district, since when this is confirmed, and a keyed fingerprint that "
                "prevents two accounts for one person. A postal address is forgotten once the letter has been answered.",
            },
        ],
    }


def _about(name: str, ask: str) -> dict[str, Any]:
    return {
        "slug": "about",
        "title": "About this site",
        "lead": f"A place where the residents, the businesses and the administration of {name} carry out projects together.",
        "sections": [
            {
                "heading": "The idea",
                "text": "Each side brings something and wants something. When public interest, people who care, a plan "
                "that pays its way and an opportunity come together, a project can live on its own feet. This site is "
                "where the four meet, in public.",
            },
            {
                "heading": "What you can rely on",
                "text": "- One person has one ballot.\n- Anyone can repeat a count from the published ballots.\n"
                "- What has been decided is not changed afterwards without saying so.\n"
                "- Every decision of the staff comes with a reason and can be appealed.",
            },
            {
                "heading": "Open software and open data",
                "text": "Calls, projects and results are available as open data through a documented interface. The "
                "software is free to inspect, to use and to improve.",
            },
            {"heading": "Questions", "text": ask},
        ],
    }


def _privacy(name: str, ask: str) -> dict[str, Any]:
    return {
        "slug": "privacy",
        "title": "Privacy",
        "lead": "What this site knows about you, why, for how long, and how you get it out again.",
        "sections": [
            {"heading": "Who is responsible", "text": f"The administration of {name}. {ask}"},
            {
                "heading": "When you only read",
                "text": "No account, no cookie, no advertising, no counting of visitors by others. Every picture, font "
                "and script comes from this site itself. Your choice of a light or dark appearance stays on your device.",
            },
            {
                "heading": "When you have an account",
                "text": "Your email address, the name that you choose, what you write, support and follow, and when. "
                "Your address is used for sign-in and for the news that you ask for. One cookie keeps you signed in; "
                "another protects forms against misuse.",
            },
            {
                "heading": "When you vote",
                "text": "That you live in a district, confirmed by a way of your choice, so that everybody votes once. "
                "While voting is open your ballot belongs to your account so that you can replace it. Ballots are "
                "published without names.",
            },
            {
                "heading": "What others see",
                "text": "The name that you choose, your projects and comments, and your place in a team. Never your "
                "email address, your postal address, or what you voted for.",
            },
            {
                "heading": "Your rights",
                "text": "On your page you can take a copy of all your data, correct it, and erase your account. What "
                "must stay, like the published results, stays without your name. You can also complain to the data "
                "protection authority.",
            },
        ],
    }


def _rules() -> dict[str, Any]:
    return {
        "slug": "rules",
        "title": "House rules",
        "lead": "Argue about the matter, not about the person. This is how moderators decide.",
        "sections": [
            {
                "heading": "Welcome",
                "text": "Criticism, doubt, questions, objections, other figures, humour. Nobody has to agree.",
            },
            {
                "heading": "Not here",
                "text": "- Insults, threats and contempt for people or groups.\n- Other people's private matters: "
                "addresses, telephone numbers, health.\n- Advertising, and the same text again and again.\n"
                "- False statements of fact that harm somebody.\n- Whatever the law forbids.",
            },
            {
                "heading": "What happens with a report",
                "text": "A moderator reads it and keeps, edits or hides the text. The author is told what was done, by "
                "which rule and why, and can appeal; somebody else then decides.",
            },
        ],
    }


def _accessibility(ask: str) -> dict[str, Any]:
    return {
        "slug": "accessibility",
        "title": "Accessibility",
        "lead": "This site is meant for everybody, with every device and every way of reading.",
        "sections": [
            {
                "heading": "The aim",
                "text": "The Web Content Accessibility Guidelines (WCAG) 2.2, level AA. Automatic checks of every kind "
                "of page are a part of the software's own tests.",
            },
            {
                "heading": "What that means in practice",
                "text": "- Everything works with the keyboard alone, and without JavaScript.\n- Text can be enlarged "
                "to 200 per cent without losing anything.\n- Maps and charts have the same content as text or a table.\n"
                "- There is a light and a dark appearance, and moving things respect your settings.",
            },
            {"heading": "Something does not work?", "text": f"Please tell us what, and on which page. {ask}"},
        ],
    }
