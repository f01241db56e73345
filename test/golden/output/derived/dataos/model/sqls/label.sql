-- label: the columns of the query label that the model uses
-- Set the address after each FROM of the first tables to where the table stands.
WITH
crm AS (
  SELECT * FROM catalog.schema.crm
),
label AS (
SELECT ('code': Country).code AS code, median(Income::DOUBLE) AS income FROM crm GROUP BY ALL
)
SELECT
  "code" AS code
FROM label
