from django.db import migrations


class Migration(migrations.Migration):
    """Each search asks which changes wait (search.waiting). Those that are ready have an index of the library; of the
    few that run there was none, and what is done stays for days."""

    dependencies = [
        ("search", "0004_keep_vectors"),
        ("django_tasks_database", "0021_conditional_partial_index_ordering"),
    ]

    operations = [
        migrations.RunSQL(
            "CREATE INDEX search_running_tasks ON django_tasks_database_dbtaskresult (status) WHERE status = 'RUNNING'",
            "DROP INDEX search_running_tasks",
        )
    ]
