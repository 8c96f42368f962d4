"""Words of DCAT-AP: themes and frequencies of the EU's authority tables, and licences by their URI."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Theme(TextChoices):
    """EU authority table data-theme."""

    AGRI = "AGRI", _("Agriculture and food")
    ECON = "ECON", _("Economy and money")
    EDUC = "EDUC", _("Education, culture and sport")
    ENER = "ENER", _("Energy")
    ENVI = "ENVI", _("Environment")
    GOVE = "GOVE", _("Government and public sector")
    HEAL = "HEAL", _("Health")
    JUST = "JUST", _("Law and safety")
    REGI = "REGI", _("Districts and places")
    SOCI = "SOCI", _("People and society")
    TECH = "TECH", _("Science and technology")
    TRAN = "TRAN", _("Transport")


class Frequency(TextChoices):
    """EU authority table frequency: how often a new revision is to be expected."""

    DAILY = "DAILY", _("every day")
    WEEKLY = "WEEKLY", _("every week")
    MONTHLY = "MONTHLY", _("every month")
    QUARTERLY = "QUARTERLY", _("every quarter")
    ANNUAL = "ANNUAL", _("every year")
    IRREG = "IRREG", _("now and then")
    NEVER = "NEVER", _("never: it is complete")


class AccessLevel(TextChoices):
    """Who may read the rows: DCAT's access right follows from it."""

    OPEN = "open", _("open to everybody")
    REGISTERED = "registered", _("for everybody with an account")
    ON_REQUEST = "on_request", _("on request")
    BY_ORDER = "by_order", _("by order")


class Licence(TextChoices):
    """What others may do with the data. The value is the address of the licence."""

    CC0 = "https://creativecommons.org/publicdomain/zero/1.0/", _("CC0 1.0: no conditions")
    CC_BY = "https://creativecommons.org/licenses/by/4.0/", _("CC BY 4.0: name the publisher")
    CC_BY_SA = (
        "https://creativecommons.org/licenses/by-sa/4.0/",
        _("CC BY-SA 4.0: name the publisher, share alike"),
    )
    ODBL = "https://opendatacommons.org/licenses/odbl/1-0/", _("ODbL 1.0: databases, share alike")


# Regulation (EU) 2023/138, article 4: who uses high-value data may be asked to name the publisher, for no more.
FREE_FOR_HIGH_VALUE = (Licence.CC0, Licence.CC_BY)


class HighValue(TextChoices):
    """Categories of Regulation (EU) 2023/138, by their addresses in the EU's vocabulary."""

    GEOSPATIAL = "http://data.europa.eu/bna/c_ac64a52d", _("Geospatial")
    ENVIRONMENT = "http://data.europa.eu/bna/c_dd313021", _("Earth observation and environment")
    WEATHER = "http://data.europa.eu/bna/c_164e0bf5", _("Meteorological")
    STATISTICS = "http://data.europa.eu/bna/c_e1da4e07", _("Statistics")
    COMPANIES = "http://data.europa.eu/bna/c_a9135398", _("Companies and company ownership")
    MOBILITY = "http://data.europa.eu/bna/c_b79e35eb", _("Mobility")


class Format(TextChoices):
    """In which a revision can be downloaded."""

    CSV = "csv", "CSV"
    PARQUET = "parquet", "Parquet"


MEDIA_TYPES = {Format.CSV: "text/csv; charset=utf-8", Format.PARQUET: "application/vnd.apache.parquet"}
