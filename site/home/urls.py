from django.urls import URLPattern, path

from home.views import desk, directory, faq, machines, messages

app_name = "home"
urlpatterns: list[URLPattern] = [
    path("faq/", faq.faq, name="faq"),
    path("faq/ask/", messages.ask, name="ask"),
    path("contact/", messages.contact, name="contact"),
    path("contact/<str:number>/", messages.ticket, name="ticket"),
    path("links/", directory.links, name="links"),
    path("agencies/", directory.agencies, name="agencies"),
    path("agencies.csv", directory.agencies_csv, name="agencies_csv"),
    path("agencies.json", directory.agencies_json, name="agencies_json"),
    path("site-map/", machines.site_map, name="site_map"),
    path("desk/tickets/", desk.ticket_queue, name="ticket_queue"),
    path("desk/tickets/<str:number>/", desk.ticket_desk, name="ticket_desk"),
]
