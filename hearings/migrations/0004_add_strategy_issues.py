import modelcluster.fields
from django.db import migrations


class Migration(migrations.Migration):
    """Hearings point at the numbered issues of the plan too (requirements A117)."""

    dependencies = [
        ("core", "0002_strategy_issues"),
        ("hearings", "0003_count_wrong_edit_codes"),
    ]

    operations = [
        migrations.AddField(
            model_name="hearing",
            name="strategy_issues",
            field=modelcluster.fields.ParentalManyToManyField(
                blank=True, related_name="+", to="core.strategyissue", verbose_name="strategy issues"
            ),
        ),
    ]
