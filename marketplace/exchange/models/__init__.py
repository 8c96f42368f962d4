from marketplace.exchange.models.gifts import BountyGift, GiftStanding
from marketplace.exchange.models.needs import DataNeed
from marketplace.exchange.models.offers import Delivery, Offer
from marketplace.exchange.models.payouts import BountyPayout

__all__ = ["BountyGift", "BountyPayout", "DataNeed", "Delivery", "GiftStanding", "Offer"]
