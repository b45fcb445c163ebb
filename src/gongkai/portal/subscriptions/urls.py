"""Addresses of subscriptions by e-mail."""

from __future__ import annotations

from django.urls import path

from gongkai.portal.subscriptions import views

urlpatterns = [
    path("subscriptions/new/", views.subscribe, name="subscribe"),
    path("subscriptions/asked/", views.asked, name="subscription_asked"),
    path("subscriptions/confirm/<str:word>/", views.confirm, name="confirm_subscription"),
    path("subscriptions/leave/<str:word>/", views.leave, name="leave_subscription"),
]
