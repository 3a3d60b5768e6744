"""What a clause still needs although it has something of every kind: said here, and taken off when it is there."""

from collections.abc import Mapping
from types import MappingProxyType

GAPS: Mapping[str, str] = MappingProxyType(
    {
        "2.0(b)": "calls and letters sampled for their tone",
        "2.0(c)": "the plan as a fact of its own",
        "3.2.2": "a daily check that no report was missed on its way",
        "3.2.2(c)": "the letter or e-mail itself, kept with the report",
        "3.3.1": "a plan, and the refusal of one in which nothing is theirs",
        "3.3.3": "disclosures: refused without permission or ground, and logged",
        "3.3.7": "the repair itself, and the refusal to downgrade, cancel or charge for it",
        "3.3.8": "the two referrals themselves, and where the person sleeps tonight",
        "3.4.1": "news after each development, on a clock of its own",
        "3.5.1": "the decision on early action",
        "3.6.1": "the message to the police itself, which a no blocks up to the moment of sending",
        "5.1": "how people with each characteristic fare, on both sides, and what is done about it",
    }
)
"""By clause; a clause that is named here is never shown as carried out."""
