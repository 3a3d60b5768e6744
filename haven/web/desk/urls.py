"""Addresses of the desk pages; a reference stands in them, a name never."""

from django.urls import URLPattern, URLResolver, path

from haven.web.desk import (
    alarms,
    casefile,
    caselist,
    casework,
    contacts,
    drafting,
    draftlist,
    duties,
    evidence,
    find,
    messages,
    now,
    overview,
    queue,
    reports,
    risk,
    team,
    visit,
)
from haven.web.staff import navigation
from haven.web.staff.sessions import before_end

app_name = "desk"
before_end(drafting.rescue)
navigation.add("desk:now", "Needs me now", order=10, key="n")
navigation.add("desk:queue", "Queue", order=11, key="q")
navigation.add("desk:cases", "Cases", order=12, key="c")
navigation.add("desk:find", "Find", order=13, key="f")
navigation.add("desk:drafts", "Drafts", order=16, count=draftlist.waiting, only_if_any=True)
navigation.add("desk:team", "Team", order=14, key="t")
navigation.add("desk:reviews", "Second look", order=15, key="l")
urlpatterns: list[URLPattern | URLResolver] = [
    path("", now.now, name="now"),
    path("queue", queue.queue, name="queue"),
    path("drafts", draftlist.drafts, name="drafts"),
    path("drafts/keep", draftlist.keep, name="keep"),
    path("drafts/<int:pk>/throw-away", draftlist.throw_away, name="throw-away"),
    path("team", team.team, name="team"),
    path("reviews", queue.reviews, name="reviews"),
    path("alarms/<int:pk>/take", alarms.take, name="take-alarm"),
    path("duties/<int:pk>", duties.done, name="duty"),
    path("duties/<int:pk>/late", duties.late, name="duty-late"),
    path("reports/<str:reference>", reports.report, name="report"),
    path("reports/<str:reference>/take-up", reports.take_up, name="take-up"),
    path("reports/<str:reference>/decide", reports.decide, name="decide"),
    path("reports/<str:reference>/review", reports.review, name="review"),
    path("reports/<str:reference>/conflict", reports.conflict, name="report-conflict"),
    path("reports/<str:reference>/messages", messages.messages_of, name="messages"),
    path("reports/<str:reference>/code", messages.code, name="code"),
    path("reports/<str:reference>/contact", contacts.add_to_report, name="report-contact"),
    *evidence.urlpatterns,
    path("find", find.find, name="find"),
    path("find/<str:pk>", find.found, name="found"),
    path("cases", caselist.cases, name="cases"),
    path("cases/<str:reference>", overview.overview, name="case"),
    path("cases/<str:reference>/visit", visit.visit, name="visit"),
    path("cases/<str:reference>/people", casefile.people, name="people"),
    path("cases/<str:reference>/people/add", casework.add_person, name="add-person"),
    path("cases/<str:reference>/people/add/<int:pk>", casework.add_known_person, name="add-known-person"),
    path("cases/<str:reference>/people/<int:pk>/end/<int:part>", casework.end_part, name="end-part"),
    path("cases/<str:reference>/people/<int:pk>/same/<int:other>", casework.same_person, name="same-person"),
    path("cases/<str:reference>/people/<int:pk>/contact", casework.safe_contact, name="safe-contact"),
    path("cases/<str:reference>/people/<int:pk>/needs", casework.needs, name="needs"),
    path("cases/<str:reference>/happened", casefile.happened, name="happened"),
    path("cases/<str:reference>/happened/add", casework.add_occasion, name="add-occasion"),
    path("cases/<str:reference>/contact", contacts.overview, name="contact"),
    path("cases/<str:reference>/contact/people/<int:pk>", contacts.add, name="add-contact"),
    path("cases/<str:reference>/contact/people/<int:pk>/mail", contacts.write, name="write-mail"),
    path("cases/<str:reference>/contact/people/<int:pk>/welfare", contacts.welfare, name="welfare"),
    path("cases/<str:reference>/contact/<int:pk>/back", contacts.take_back, name="contact-back"),
    path("cases/<str:reference>/contact/mails/<int:pk>/returned", contacts.came_back, name="mail-returned"),
    path("cases/<str:reference>/risk", risk.overview, name="risk"),
    path("cases/<str:reference>/risk/people/<int:pk>/assess", risk.assess_person, name="assess-person"),
    path("cases/<str:reference>/risk/household/assess", risk.assess_household, name="assess-household"),
    path("cases/<str:reference>/risk/people/<int:pk>/look", risk.look, name="look"),
    path("cases/<str:reference>/risk/<int:pk>", risk.assessment, name="assessment"),
    path("cases/<str:reference>/risk/<int:pk>/judge", risk.judge, name="judge-risk"),
    path("cases/<str:reference>/findings", casefile.findings, name="findings"),
    path("cases/<str:reference>/findings/add", casework.add_finding, name="add-finding"),
    path("cases/<str:reference>/patterns", casefile.patterns_, name="patterns"),
    path("cases/<str:reference>/patterns/harassment", casework.harassment, name="harassment"),
    path("cases/<str:reference>/papers", casefile.papers, name="papers"),
    path("cases/<str:reference>/trail", casefile.trail, name="trail"),
    path("cases/<str:reference>/assign", casework.assign, name="assign"),
    path("cases/<str:reference>/restrict", casework.restrict, name="restrict"),
    path("cases/<str:reference>/let-in", casework.let_in, name="let-in"),
    path("cases/<str:reference>/conflict", casework.conflict, name="case-conflict"),
]
