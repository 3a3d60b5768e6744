"""Wrong guesses are counted by where they come from, as our own proxies say and not as the visitor claims."""

import pytest
from django.test import RequestFactory

from haven.web.visitor import NOWHERE, address_of


@pytest.mark.parametrize(
    ("proxies", "said", "expected"),
    [
        (0, "203.0.113.9", "198.51.100.7"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "192.0.2.1, 203.0.113.9", "203.0.113.9"),
        (2, "192.0.2.1, 203.0.113.9, 10.0.0.1", "203.0.113.9"),
        (2, "203.0.113.9", NOWHERE),
        (1, "", NOWHERE),
    ],
)
def test_only_what_our_proxies_add_is_believed(settings, proxies, said, expected):
    settings.HAVEN_PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="198.51.100.7", HTTP_X_FORWARDED_FOR=said)
    assert address_of(request) == expected


def test_a_socket_that_does_not_say_counts_as_nowhere(settings):
    settings.HAVEN_PROXIES = 0
    assert address_of(RequestFactory().get("/", REMOTE_ADDR="")) == NOWHERE
