from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations

# Plain SQL of one statement, so that PostgreSQL may use it in an index and in parallel workers.
CREATE = """
CREATE FUNCTION hafei_bigrams(words text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(DISTINCT substr(lower(words), position, 2)), '{}')
    FROM generate_series(1, char_length(words) - 1) AS position
$$
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    # Their indexes and constraints need the function and the extension; the order of apps alone does not promise that.
    run_before = [("users", "0001_initial"), ("products", "0001_initial")]
    operations = [BtreeGistExtension(), migrations.RunSQL(CREATE, "DROP FUNCTION hafei_bigrams(text)")]
