-- transactions: the columns of transactions.csv that the model uses
-- Set the address after FROM to where the table stands.
SELECT
  "store_id" AS store_id,
  "quantity" AS quantity,
  "sales_value" AS sales_value,
  "retail_disc" AS retail_disc,
  "week" AS week
FROM catalog.schema.transactions
