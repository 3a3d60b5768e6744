"""Addresses of the oversight pages."""

from django.urls import URLPattern, URLResolver, path

from haven.web.oversight import lists, overview, policy
from haven.web.staff import navigation

app_name = "oversight"
navigation.add("oversight:overview", "Oversight", order=50)
urlpatterns: list[URLPattern | URLResolver] = [
    path("", overview.overview, name="overview"),
    path("policy", policy.policy, name="policy"),
    path("policy/<str:number>", policy.clause, name="clause"),
    path("clocks", overview.clocks, name="clocks"),
    path("clocks/list", lists.duties, name="duties"),
    path("figures", overview.figures, name="figures"),
    path("trail", lists.trail, name="trail"),
]
