-- products: the columns of products.csv that the model uses
-- Set the address after FROM to where the table stands.
SELECT
  "product_id" AS product_id,
  "department" AS department,
  "brand" AS brand
FROM catalog.schema.products
