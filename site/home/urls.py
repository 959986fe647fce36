from django.urls import URLPattern, path

from home.views import desk, directory, faq, machines, messages, tasks, words

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
    path("words/", words.words, name="words"),
    path("site-map/", machines.site_map, name="site_map"),
    path("desk/", desk.desk, name="desk"),
    path("desk/tasks/", tasks.shared_tasks, name="shared_tasks"),
    path("desk/tasks/add/", tasks.add_task, name="add_task"),
    path("desk/tasks/<int:pk>/done/", tasks.finish_task, name="finish_task"),
    path("desk/tasks/<int:pk>/reopen/", tasks.reopen_task, name="reopen_task"),
    path("desk/tickets/", desk.ticket_queue, name="ticket_queue"),
    path("desk/tickets/<str:number>/", desk.ticket_desk, name="ticket_desk"),
]
