"""Addresses without a language: files for machines."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
