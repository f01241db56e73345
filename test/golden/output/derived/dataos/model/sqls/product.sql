-- product: the columns of the query product that the model uses
-- Set the address after each FROM of the first tables to where the table stands.
WITH
crm AS (
  SELECT * FROM catalog.schema.crm
),
customer AS (
SELECT ID AS customer_id, try_cast(Income AS DOUBLE) AS income, Country AS country
FROM crm
),
product AS (
-- one row per customer and category; (none) without spend
SELECT c.customer_id, c.customer_id || '-' || k AS product_id, category, spend
FROM customer c
JOIN (
  SELECT ID, 1 AS k, 'Wines' AS category, MntWines AS spend FROM crm
  UNION ALL SELECT ID, 3, ('Fish ' || chr(123) || 'fresh' || chr(125)), MntFish FROM crm
) s ON s.ID = c.customer_id
WHERE spend > 0
)
SELECT
  "customer_id" AS customer_id,
  "product_id" AS product_id,
  "category" AS category,
  "spend" AS spend
FROM product
