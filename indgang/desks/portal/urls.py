"""Addresses of the portal; every verb its own view."""

from django.urls import URLPattern, path

from indgang.desks.portal import card_views, news_views, urls_editor, views

app_name = "portal"
_CARD = "portal/opgaver/<str:task>"
_NEWS = "portal/nyheder/<uuid:news_id>"
urlpatterns: list[URLPattern] = [
    path("portal", views.front, name="front"),
    path("portal/set", views.seen, name="seen"),
    path("portal/opgaver", views.tasks, name="tasks"),
    path(_CARD, card_views.card, name="card"),
    path(f"{_CARD}/bogmaerke", card_views.bookmark, name="bookmark"),
    path(f"{_CARD}/visning", card_views.view, name="view"),
    path(f"{_CARD}/svarede", card_views.answered, name="answered"),
    path(f"{_CARD}/melding", card_views.give_feedback, name="feedback"),
    path(f"{_CARD}/send", card_views.send_form, name="send"),
    path("portal/livssituationer", views.life_situations, name="life-situations"),
    path("portal/livssituationer/<str:event>", views.life_event, name="life-event"),
    path("portal/nyheder", news_views.news_list, name="news"),
    path("portal/nyheder/ny", news_views.write, name="news-new"),
    path("portal/nyheder/gem", news_views.save, name="news-save"),
    path(_NEWS, news_views.one, name="news-one"),
    path(f"{_NEWS}/laest", news_views.read, name="news-read"),
    path(f"{_NEWS}/ret", news_views.change, name="news-change"),
    path(f"{_NEWS}/traek-tilbage", news_views.withdraw, name="news-withdraw"),
    path("portal/myndigheder", views.authorities, name="authorities"),
    path("portal/satser", views.rates, name="rates"),
    path("portal/fund", views.report, name="report"),
    path("portal/fund/intet", views.not_found, name="not-found"),
    *urls_editor.urlpatterns,
    path("portal/svar/<uuid:feedback_id>/set", views.put_answer_away, name="answer-seen"),
]
