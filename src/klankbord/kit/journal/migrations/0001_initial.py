import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Line",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("day", models.PositiveIntegerField()),
                ("organisation", models.UUIDField(null=True)),
                ("actor", models.UUIDField(null=True)),
                ("deed", models.CharField(max_length=64)),
                ("subject", models.CharField(default="", max_length=64)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["organisation", "day"], name="journal_by_organisation")
                ],
            },
        ),
    ]
