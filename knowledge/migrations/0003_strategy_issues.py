import modelcluster.fields
from django.db import migrations


class Migration(migrations.Migration):
    """The numbered issues of the plan take the place of a free text (requirements A117)."""

    dependencies = [
        ("core", "0002_strategy_issues"),
        ("knowledge", "0002_create_library"),
    ]

    operations = [
        migrations.RemoveField(model_name="lessonpage", name="strategy_issue"),
        migrations.AddField(
            model_name="lessonpage",
            name="strategy_issues",
            field=modelcluster.fields.ParentalManyToManyField(
                blank=True, related_name="+", to="core.strategyissue", verbose_name="strategy issues"
            ),
        ),
    ]
