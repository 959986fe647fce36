"""Addresses without a language: files for machines."""

from django.urls import URLPattern, path

from home.views import machines

urlpatterns: list[URLPattern] = [
    path("sitemap.xml", machines.sitemap_xml, name="sitemap"),
    path("robots.txt", machines.robots_txt, name="robots"),
    path(".well-known/security.txt", machines.security_txt, name="security_txt"),
]
