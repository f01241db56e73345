-- customer: the columns of the query customer that the model uses
-- Set the address after each FROM of the first tables to where the table stands.
WITH
crm AS (
  SELECT * FROM catalog.schema.crm
),
customer AS (
SELECT ID AS customer_id, try_cast(Income AS DOUBLE) AS income, Country AS country
FROM crm
)
SELECT
  "customer_id" AS customer_id,
  "income" AS income,
  "country" AS country
FROM customer
