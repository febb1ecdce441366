import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Letter",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("address", models.TextField()),
                ("slot", models.PositiveIntegerField()),
                ("tries", models.PositiveIntegerField(default=0)),
                ("held_until", models.PositiveIntegerField(null=True)),
                ("sent_day", models.PositiveIntegerField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("address", "slot"), name="one_letter_per_slot")
                ],
            },
        ),
    ]
