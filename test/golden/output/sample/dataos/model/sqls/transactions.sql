-- transactions: the columns of transactions.csv that the model uses
-- Set the address after FROM to where the table stands.
SELECT
  "household_id" AS household_id,
  "basket_id" AS basket_id,
  "product_id" AS product_id,
  "sales_value" AS sales_value,
  "retail_disc" AS retail_disc,
  "coupon_disc" AS coupon_disc,
  "coupon_match_disc" AS coupon_match_disc,
  "week" AS week,
  "transaction_timestamp" AS transaction_timestamp
FROM catalog.schema.transactions
