"""The blocks that pages are made of. All pages offer the same ones, so that the council composes freely."""

from civic.pages.blocks.live import CallsBlock, NumbersBlock, ProjectsBlock, StoriesBlock
from civic.pages.blocks.text import (
    ButtonsBlock,
    CallToActionBlock,
    FactsTableBlock,
    FaqBlock,
    HeadingBlock,
    PictureBlock,
    QuoteBlock,
    SplitBlock,
    StepsBlock,
    TextBlock,
)

TEXT_BLOCKS = [
    ("text", TextBlock()),
    ("heading", HeadingBlock()),
    ("picture", PictureBlock()),
    ("split", SplitBlock()),
    ("quote", QuoteBlock()),
    ("steps", StepsBlock()),
    ("faq", FaqBlock()),
    ("table", FactsTableBlock()),
    ("buttons", ButtonsBlock()),
    ("call_to_action", CallToActionBlock()),
]
LIVE_BLOCKS = [
    ("numbers", NumbersBlock()),
    ("calls", CallsBlock()),
    ("projects", ProjectsBlock()),
    ("stories", StoriesBlock()),
]
ALL_BLOCKS = [*LIVE_BLOCKS, *TEXT_BLOCKS]
